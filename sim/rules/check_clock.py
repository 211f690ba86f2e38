"""Mistakes in the clocks of rules whose limit, start or owner the record itself gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.errors import Problem, did_you_mean, shown
from sim.files.yamlfile import YamlFile
from sim.log import schema
from sim.rules.limits import is_limit
from sim.rules.pack import Rule
from sim.texts import t

Path = tuple[str | int, ...]


def own_clock(rule: Rule, at: Path, file: YamlFile) -> Iterator[Problem]:
    """Report a limit that is no column, and starts, ends and owners that do not fit together."""
    if rule.limit_in and not is_limit(rule.limit_in):
        known = [name for name in schema.NAMES if is_limit(name)]
        expected = t(
            "a duration such as 2 h, or one of the columns {names}", names=", ".join(known)
        )
        hint = did_you_mean(rule.limit_in, known)
        yield file.problem((*at, "limit"), expected, shown(rule.limit_in), hint)
    if rule.limit_in and rule.every is not None:
        yield file.problem((*at, "limit"), t("a duration beside every"), shown(rule.limit_in))
    clocked = rule.kind in ("deadline", "presence")
    if rule.each == "start" and (rule.kind != "deadline" or rule.every is not None):
        expected = t("each: start only for the kind deadline, without every")
        yield file.problem((*at, "each"), expected, rule.kind)
    if rule.each == "year" and rule.kind != "period":
        yield file.problem((*at, "each"), t("each: year only for the kind period"), rule.kind)
    nobody = rule.owned_by_case
    if clocked and (rule.each == "start" or nobody) and rule.per == "incident":
        for key in ("start", "end"):
            if not isinstance(getattr(rule, key), Mapping):
                expected = t("a pattern of rows, as this rule names no reading and no report")
                yield file.problem((*at, key), expected, shown(getattr(rule, key)))
    if clocked and (rule.each == "start" or nobody) and rule.recipient is not None:
        expected = t("no recipient here; put it into the pattern end")
        yield file.problem((*at, "recipient"), expected, t("one"))
    if nobody:
        yield from _nobody(rule, at, file)


def _nobody(rule: Rule, at: Path, file: YamlFile) -> Iterator[Problem]:
    """Report what asks for an owner where there is none."""
    if rule.by is not None:
        yield file.problem((*at, "by"), t("no by beside owner: case"), t("one"))
    patterns = {"start": rule.start, "end": rule.end, "until": rule.until, "of": rule.of}
    patterns |= {"with": rule.with_, "need": rule.need}
    patterns |= {f"steps.{k}": step for k, step in enumerate(rule.steps)}
    for key, pattern in patterns.items():
        for column, condition in pattern.items() if isinstance(pattern, Mapping) else ():
            if condition.same is not None:
                expected = t("no owner in a pattern beside owner: case")
                yield file.problem((*at, *key.split("."), column), expected, condition.same)
