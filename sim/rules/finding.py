"""What an authority officially found about reporting in a real case, to show beside verdicts.

The authority's words (category, lateness) stay its own: the program states facts and no blame.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from sim.errors import UnusableInput
from sim.files.yamlfile import read_yaml, validate
from sim.rules.fields import Day
from sim.rules.pack import Source, Strict, Text


class Conclusion(Strict):
    """One conclusion of the authority about one body.

    `category` in its own word (迟报, 瞒报, …), `lateness` as it put it, `about` the actor's id
    in the case's record, empty where it names none; `incident` where it is about one of several.
    `means` is what we take the category to say of the clock, so that the program can try which
    reading agrees: `late`, `in_time`, or nothing (content, intent).
    """

    about: str = ""
    incident: str = ""
    means: Literal["late", "in_time", ""] = ""
    category: str
    lateness: str = ""
    rule_cited: str = ""
    day: Day | None = None
    source: str


class Scoring(Strict):
    """How to score the record: a pack with options.

    `rules` are those that the case is about; where it is empty, all of the pack's.
    """

    pack: str
    options: dict[str, str] = {}
    rules: list[str] = []
    why: Text


class Finding(Strict):
    """A real case: what was found officially, by whom, and what we add, kept apart.

    `conclusions` are the authority's, none where the sources have none on reporting;
    `ours` is what we say about record and scoring.
    """

    format: Literal[1]
    case: str
    title: Text
    authority: Text
    grade: Literal["I", "II", "III", "IV", ""] = ""
    confidence: Literal["high", "medium", "low"]
    conclusions: list[Conclusion]
    ours: Text
    score: Annotated[list[Scoring], Field(min_length=1)]
    sources: dict[str, Source]


def load_finding(path: str | Path) -> Finding:
    """Return the finding in a `finding.yaml`; raises `UnusableInput` with every mistake."""
    file = read_yaml(path)
    finding, problems = validate(Finding, file.data, file)
    if finding is None:
        raise UnusableInput(problems)
    assert isinstance(finding, Finding)
    unknown = [
        file.problem(("conclusions", k, "source"), ", ".join(finding.sources), conclusion.source)
        for k, conclusion in enumerate(finding.conclusions)
        if conclusion.source not in finding.sources
    ]
    if unknown:
        raise UnusableInput(unknown)
    return finding
