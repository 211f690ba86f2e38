"""What injects should bring about must be something that the record can show."""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import Problem, shown
from sim.files.yamlfile import Node, YamlFile
from sim.scenario.checks_duty import rings
from sim.scenario.checks_steps import word_problems
from sim.scenario.incidents import OUTAGE, Inject
from sim.scenario.scenario import Scenario
from sim.texts import t, vocabulary


def expected_problems(scenario: Scenario, file: YamlFile) -> Iterator[Problem]:
    """Yield the problems with expected actions and with the injects that hang on them."""
    for key, inject in scenario.injects.items():
        yield from _expected(inject, ("injects", key, "expect"), file)
        yield from _hangs(scenario, inject, ("injects", key), file)
    chains = {key: inject.awaits or None for key, inject in scenario.injects.items()}
    yield from rings(chains, "injects", "unless_done", file)


def _expected(inject: Inject, path: Node, file: YamlFile) -> Iterator[Problem]:
    expect = inject.expect
    if expect is None:
        return
    if expect.does is None:
        for name in sorted(expect.model_fields_set - {"text", "within"}):
            yield file.problem((*path, name), t("does: an activity beside it"), t("nothing"))
        if expect.text is None:
            yield file.problem(path, t("the key {key}", key="text"), t("nothing"))
    else:
        words = list(vocabulary("activity"))
        yield from word_problems([expect.does], words, (*path, "does"), file, False)
        if not inject.expected_of and inject.kind == OUTAGE:  # all others must have a recipient
            yield file.problem((*path, "who"), t("the key {key}", key="who"), t("nothing"))
    yield from word_problems(expect.kind, list(vocabulary("report")), (*path, "kind"), file)


def _hangs(scenario: Scenario, inject: Inject, path: Node, file: YamlFile) -> Iterator[Problem]:
    """An inject hangs on one thing only, and that must be decided at some time."""
    given = [name for name in ("on", "unless_done", "if_done") if getattr(inject, name) is not None]
    if len(given) > 1:
        yield file.problem(path, t("only one of {keys}", keys=", ".join(given)), t("several"))
    if inject.awaits not in scenario.injects:
        return
    name = "unless_done" if inject.unless_done else "if_done"
    expect = scenario.injects[inject.awaits].expect
    if expect is None or expect.does is None or expect.within is None:
        expected = t("an inject with expect: and in it does: and within:")
        yield file.problem((*path, name), expected, shown(inject.awaits))
