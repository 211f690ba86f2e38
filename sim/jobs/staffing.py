"""How many people on duty are enough: a study of one number of a scenario, from a few choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.jobs import written
from sim.jobs.answers import write_answers
from sim.jobs.inputs import DEFAULT_PACK
from sim.texts import LANGUAGES, in_language, t

STUDY, SCENARIO, PICTURE = "study.yaml", "scenario.yaml", "compliance.png"
MOST_LEVELS = 8
"""Numbers of people that are compared at most."""
ALL = "deadlines"
"""Instead of a rule: all deadlines that apply."""


@dataclass(frozen=True)
class Staffed:
    """A number of people in a scenario: its path there, what it is called, and what it is now."""

    path: str
    name: str
    now: int


def staffed(path: Path, lang: str) -> list[Staffed]:
    """Return every number of people on duty at an office's posts; raises `UnusableInput`."""
    from sim.report.names import display_names
    from sim.scenario import load_scenario
    from sim.scenario.merge import merged

    scenario, raw = load_scenario(path), merged(path).data["offices"]
    names = display_names(scenario, lang)
    found = []
    for key in scenario.offices:
        own = raw[key]
        places: list[tuple[tuple[str, ...], Any]] = [
            ((post,), own.get(post, 1)) for post in ("duty", "leader")
        ]
        places += [(("posts", post), value) for post, value in (own.get("posts") or {}).items()]
        for where, value in places:
            for more, now in _numbers(value):
                words = [names.get(key, key), *_words(where[-1], more)]
                node = ".".join(("offices", key, *where, *more))
                found.append(Staffed(node, t(", ").join(words), now))
    return found


def _numbers(value: Any) -> list[tuple[tuple[str, ...], int]]:
    """Return the numbers of a staffing with the keys that lead to them."""
    if isinstance(value, int):
        return [((), value)]
    if not isinstance(value, dict):
        return []
    if "persons" in value:
        return [(("persons", *more), n) for more, n in _numbers(value["persons"])]
    return [((shift,), n) for shift, n in value.items() if isinstance(n, int)]


def _words(post: str, more: Sequence[str]) -> list[str]:
    usual = {"duty": t("on duty"), "leader": t("leader")}
    shifts = {"day": t("by day"), "night": t("at night")}
    rest = [shifts.get(word, word) for word in more if word != "persons"]
    return [usual.get(post, post), *rest]


def timed_rules(pack: Any) -> list[str]:
    """Return the rules of a pack that set a deadline once an incident happens."""
    rules = pack.rules.items()
    return [name for name, rule in rules if rule.kind == "deadline" and rule.per == "incident"]


def study_data(
    path: Path,
    place: str,
    numbers: Sequence[int],
    rule: str = ALL,
    at_least: float = 0.9,
    drills: int = 100,
    seed: int = 1,
    pack: str = DEFAULT_PACK,
) -> dict[str, Any]:
    """Return the plain data of a study file: which of `numbers` at `place` is enough.

    `place`: path of the number in the scenario (`offices.hechi.duty.night`); enough is where
    `rule` (or all deadlines) is met with probability `at_least` or more.
    """
    chosen = _both(lambda lang: next((s.name for s in staffed(path, lang) if s.path == place), ""))
    said = {
        place: chosen,
        "in time": _both(lambda _: t("in time") if rule != ALL else t("all deadlines met")),
        "time": _both(lambda _: t("time taken")),
        "waiting": _both(lambda _: t("waiting for somebody at the post")),
    }
    measures: dict[str, Any] = {"in time": {"met": rule}}
    if rule != ALL:
        measures["time"] = {"elapsed": rule}
    post = place.split(".")
    if post[0] == "offices" and post[2] in ("duty", "leader"):
        measures["waiting"] = {"waiting": f"{post[1]}/{post[2]}"}
    return {
        "study": 1,
        "name": _both(lambda lang: t("How many are enough: {place}", place=chosen[lang])),
        "names": {key: said[key] for key in (place, *measures)}
        | {str(n): _people(n) for n in numbers},
        "scenario": SCENARIO,
        "pack": pack,
        "seed": seed,
        "factors": {place: list(numbers)},
        "replications": drills,
        "batch": max(2, min(25, drills)),
        "select": {"safe": {"measure": "in time", "at_least": at_least, "cost": {place: 1}}},
        "measures": measures,
    }


def _people(n: int) -> dict[str, str]:
    return _both(lambda _: t("{n} on duty", n=n))


def _both(words: Callable[[str], str]) -> dict[str, str]:
    """Return words in every language; they are made with that language in force."""
    found = {}
    for lang in LANGUAGES:
        with in_language(lang):
            found[lang] = words(lang)
    return found


def staffing(
    path: Path,
    folder: Path,
    lang: str,
    place: str,
    numbers: Sequence[int],
    progress: Callable[[int, int], None] | None = None,
    **more: Any,
) -> Any:
    """Run the study of `study_data`, write it with its scenario and answers; return the results.

    `folder` then holds what `yanlian study` needs to run it again. Raises `UnusableInput`.
    """
    from ruamel.yaml import YAML

    from sim.experiment import conduct, load_study
    from sim.files.atomic import write_bytes, write_text
    from sim.report.compliance_chart import compliance_chart
    from sim.report.study_page import write_study_report
    from sim.scenario.load import resolved_yaml

    write_text(folder / SCENARIO, resolved_yaml(path))
    writer = YAML(typ="safe", pure=True)
    writer.allow_unicode = True
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    with (folder / STUDY).open("w", encoding="utf-8") as file:
        writer.dump(study_data(path, place, numbers, **more), file)
    results = conduct(load_study(folder / STUDY), progress=progress)
    write_answers(results, folder)
    write_study_report(folder / written.REPORT, results, lang)
    write_bytes(folder / PICTURE, compliance_chart(results, "in time", lang=lang).png())
    return results
