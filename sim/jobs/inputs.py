"""What jobs read: packs, findings beside a log, and what kind of file it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.errors import Problem, UnusableInput
from sim.texts import in_language, t

DEFAULT_PACK = "guangxi-2012-65"
FINDING = "finding.yaml"
_SCENARIO = re.compile(r"^\s*[\"']?yanlian[\"']?\s*:", re.MULTILINE)
_STUDY = re.compile(r"^[\"']?study[\"']?\s*:", re.MULTILINE)
_MAPPING = re.compile(r"^[\"']?mapping[\"']?\s*:", re.MULTILINE)
_MSEL = re.compile(r"^[\"']?msel[\"']?\s*:", re.MULTILINE)
_PACK = re.compile(r"^\s*[\"']?(pack|rules|score_anchor)[\"']?\s*:", re.MULTILINE)


def must_exist(path: Path) -> Path:
    """Return the path of a file that is there; raise `UnusableInput` where none is."""
    if path.is_dir():
        raise UnusableInput([Problem(str(path), 0, "", t("a file"), t("a folder"))])
    if not path.exists():
        raise UnusableInput([Problem(str(path), 0, "", t("a file that exists"))])
    return path


def read_finding(log: Path) -> Any:
    """Return the official finding that lies beside a record, or `None`."""
    path = log.parent / FINDING
    if not path.is_file():
        return None
    from sim.rules import load_finding

    return load_finding(path)


def packs_and_options(pack: str | None, finding: Any) -> list[tuple[Any, dict[str, str]]]:
    """Return the packs to score by, each with its options.

    What was asked for, else what the finding names, else the default.
    """
    from sim.rules import load_pack

    if pack is None and finding is not None:
        return [(load_pack(scoring.pack), scoring.options) for scoring in finding.score]
    return [(load_pack(pack or DEFAULT_PACK), {})]


def read_clocks(path: Path | None) -> Any:
    """Return the clocks of a file, `None` without one."""
    if path is None:
        return None
    from sim.rules import load_clocks

    return load_clocks(must_exist(path))


def judge_by(
    log: Any,
    chosen: Iterable[tuple[Any, dict[str, str]]],
    stamps: Any = None,
    clocks: Any = None,
) -> Any:
    """Score a record by several packs; return one `Verdicts` with the rows of all."""
    import pandas as pd

    from sim.rules import Verdicts, score

    found = [score(log, pack, options, stamps, clocks) for pack, options in chosen]
    if len(found) == 1:
        return found[0]
    rules = {key: clause for one in found for key, clause in one.rules.items()}
    table = pd.concat([one.table for one in found], ignore_index=True)
    return Verdicts(table, found[0].origins, rules)


def marks_by(verdicts: Any, names: Iterable[str], sheet: Path | None = None) -> list[Any]:
    """Return the marks of verdicts by the schemes asked for; a sheet tells what persons judged."""
    from sim.rules.judged import read_judged
    from sim.rules.marks import marks
    from sim.rules.scheme import load_scheme

    found = []
    for name in dict.fromkeys(names):
        scheme = load_scheme(name)
        judged = read_judged(sheet, scheme, verdicts) if sheet is not None else []
        found.append(marks(verdicts, scheme, judged))
    return found


def rated(paths: Iterable[Path], cases: Iterable[str]) -> Any:
    """Return what evaluators' forms say of the cases of a record, `None` without any."""
    found = [must_exist(path) for path in dict.fromkeys(paths)]
    if not found:
        return None
    from sim.intake.ratings import read_ratings

    return read_ratings(found, tuple(cases))


def about(verdicts: Any, finding: Any) -> Any:
    """Return the verdicts of the rules that a finding names, of the others of its packs none."""
    from sim.rules import Verdicts

    rows = verdicts.table
    for scoring in finding.score:
        if scoring.rules:
            rows = rows[(rows["pack"] != scoring.pack) | rows["rule"].isin(scoring.rules)]
    return Verdicts(rows.reset_index(drop=True), verdicts.origins)


def target_packs(names: Iterable[str]) -> list[Any]:
    """Return the target packs asked for."""
    if not names:
        return []
    from sim.targets import load_targets

    return [load_targets(name) for name in dict.fromkeys(names)]


def reached(log: Any, packs: list[Any], lang: str) -> Any:
    """Return what teams reached of targets, in `zh` or `en`; `None` without any."""
    if not packs:
        return None
    from sim.targets import score_targets

    with in_language(lang):
        return score_targets(log, packs)


def kind_of_file(path: Path) -> str:
    """Return `scenario`, `study`, `pack`, `mapping`, `msel` or `log`, told from what it holds.

    `msel` is a mapping for inject lists.

    Raises `UnusableInput` where it is none of them.
    """
    head = _head(path)
    if path.suffix.lower() in (".yaml", ".yml"):
        if _SCENARIO.search(head):
            return "scenario"
        if _STUDY.search(head):
            return "study"
        if _MAPPING.search(head):
            return "mapping"
        if _MSEL.search(head):
            return "msel"
        if _PACK.search(head):
            return "pack"
    first = head.splitlines()[0] if head.splitlines() else ""
    if ("activity" in first and "," in first) or path.suffix.lower() == ".csv":
        return "log"
    if _SCENARIO.search(head):
        return "scenario"
    expected = t(
        "a scenario (yanlian: 1), a rule pack (pack: …) or a record (CSV with a column activity)"
    )
    raise UnusableInput([Problem(str(path), 0, "", expected, _shown(first))])


def _shown(first: str) -> str:
    from sim.errors import shown

    return shown(first) if first.strip() else t("an empty file")


def _head(path: Path) -> str:
    with must_exist(path).open("rb") as file:
        data = file.read()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    expected = t("text in UTF-8 or GB18030")
    raise UnusableInput([Problem(str(path), 0, "", expected, t("binary data"))])


def rule_texts(packs: Iterable[Any], lang: str) -> dict[str, str]:
    """Return rule -> what it demands, in `zh` or `en`."""
    rules = [entry for pack in packs for entry in pack.rules.items()]
    return {name: getattr(rule.text, lang) for name, rule in rules}
