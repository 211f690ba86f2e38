"""A scenario file becomes a `Scenario`, or the list of everything that is wrong with it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.errors import Problem, UnusableInput, did_you_mean, shown
from sim.files.yamlfile import YamlFile, validate
from sim.scenario.attach import attached
from sim.scenario.changes import Change, changed
from sim.scenario.checks import check
from sim.scenario.geo import located
from sim.scenario.merge import gathered, merged, version_problems
from sim.scenario.network import Network
from sim.scenario.references import missing_references
from sim.scenario.scenario import Policies, Scenario
from sim.texts import t

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The time zone of a `start` without offset (no summer time since 1991)."""
ACTORS = ("offices", "teams", "depots", "shelters")
_KEY = re.compile(r"[\w\-]+")
_RESERVED = ("superior", "department", "sender", "site")


def load_scenario(path: str | Path, changes: Sequence[Change] = ()) -> Scenario:
    """Return the scenario in a YAML file, with all that it uses, places with coordinates.

    `changes` replace values before anything is checked (`sim.scenario.changes`).  Raises
    `UnusableInput` with every problem, each as `file:line: path: expected …`.
    """
    return scenario_of(*gathered(path), Path(path).resolve().parent, changes)


def scenario_of(
    file: YamlFile, problems: list[Problem], folder: Path, changes: Sequence[Change] = ()
) -> Scenario:
    """Return the scenario of a file already gathered; raises `UnusableInput` like the above."""
    file, unfit = changed(file, changes)
    problems = problems + unfit
    parts = _Parts(file, {"folder": str(folder)})
    parts.read()
    parts.attach()
    scenario = Scenario.model_construct(yanlian=1, **parts.values)
    known = {name: _keys(file.data.get(name)) for name in _sections()}
    parts.problems += missing_references(parts.things, known, file)
    parts.problems += check(scenario, known, file)
    problems += parts.problems
    if problems:
        raise UnusableInput(sorted(set(problems), key=lambda problem: problem.order))
    return scenario


class _Parts:
    """Every top key read by itself, so that one mistake does not hide another."""

    def __init__(self, file: YamlFile, context: dict[str, Any]):
        self.file = file
        self.context = context
        self.values: dict[str, Any] = {}
        self.things: dict[tuple[str | int, ...], BaseModel] = {}
        self.problems: list[Problem] = []

    def read(self) -> None:
        """Fill `values`, `things` and `problems`."""
        fields = Scenario.model_fields
        for key in self.file.data:
            if key not in fields:
                expected = t("one of the keys {keys}", keys=", ".join(fields))
                self.problems.append(
                    self.file.problem((key,), expected, shown(key), did_you_mean(key, fields))
                )
        for name, field in fields.items():
            if get_origin(field.annotation) is dict:
                self.section(name, get_args(field.annotation)[1])
            elif name in self.file.data or field.is_required():
                self.single(name, field)
        self.one_name_each()

    def attach(self) -> None:
        """Join places beside the network to it."""
        network = self.values.get("network")
        if network is not None:
            policies = self.values.get("policies", Policies())
            farthest = network.attach if isinstance(network, Network) else Network(links="").attach
            places, links = self.values.get("places", {}), self.values.setdefault("links", {})
            links |= attached(places, links, farthest, policies.travel.detour)

    def single(self, name: str, field: FieldInfo) -> None:
        """Read a top key that is no mapping of things."""
        if name == "yanlian":
            self.problems += version_problems(self.file)
            return
        if name not in self.file.data:
            self.problems.append(
                self.file.problem((name,), t("the key {key}", key=name), t("nothing"))
            )
            return
        data = self.file.data[name]
        kind = (
            Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        )
        value: Any
        if name == "start":
            value, problems = _start(data, self.file)
        else:
            value, problems = validate(kind, data, self.file, (name,), self.context)
        self.problems += problems
        if not problems:
            self.values[name] = value
            if isinstance(value, BaseModel):
                self.things[(name,)] = value

    def section(self, name: str, kind: Any) -> None:
        """Read a mapping of things, each thing by itself."""
        data = self.file.data.get(name)
        if data is None:
            return
        if not isinstance(data, dict):
            what = t("a list") if isinstance(data, list) else shown(data)
            expected = t("a mapping whose keys are the ids, not a list")
            self.problems.append(self.file.problem((name,), expected, what))
            return
        found = self.values[name] = {}
        for key, entry in data.items():
            if not _KEY.fullmatch(key) or (name in ACTORS and key in _RESERVED):
                expected = t(
                    "an id of letters, digits, - and _, and none of {words}",
                    words=", ".join(_RESERVED),
                )
                self.problems.append(self.file.problem((name, key), expected, shown(key)))
            value, problems = validate(kind, entry, self.file, (name, key), self.context)
            self.problems += problems
            if name == "places" and not problems:
                value, problems = located(value, (name, key), self.file)
                self.problems += problems
            if not problems:
                found[key] = self.things[name, key] = value

    def one_name_each(self) -> None:
        """Actors share one space of names in the record."""
        owner: dict[str, str] = {}
        for section in ACTORS:
            for key in _keys(self.file.data.get(section)):
                if key in owner:
                    expected = t(
                        "an id that is not used under {section} already", section=owner[key]
                    )
                    self.problems.append(self.file.problem((section, key), expected, shown(key)))
                owner.setdefault(key, section)


def _start(data: Any, file: YamlFile) -> tuple[datetime | None, list[Problem]]:
    """Read the start: a text (a number would be taken for a Unix time); China's by default."""
    if not isinstance(data, str) or not re.match(r"[0-9]{4}-", data):
        expected = t("a date and time such as 2026-07-01T08:00+08:00")
        return None, [file.problem(("start",), expected, shown(data))]
    value, problems = validate(datetime, data, file, ("start",))
    if value is not None and value.tzinfo is None:
        value = value.replace(tzinfo=CHINA)
    return value, problems


def _keys(section: Any) -> list[str]:
    return list(section) if isinstance(section, dict) else []


def _sections() -> list[str]:
    fields = Scenario.model_fields
    return [name for name, field in fields.items() if get_origin(field.annotation) is dict]


def resolved_yaml(path: str | Path) -> str:
    """Return a scenario with everything that it uses written out, as YAML text."""
    from ruamel.yaml import YAML

    found = merged(path).data
    order = [
        key
        for key in Scenario.model_fields
        if key in found and key not in ("use", "network", "inventory")
    ]
    data = {key: found[key] for key in ["yanlian", *order]}
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    writer.width = 100
    text = io.StringIO()
    writer.dump(data, text)
    return text.getvalue()
