"""`yanlian explain`: how a verdict came about."""

from __future__ import annotations

from pathlib import Path

import click

from sim.cli import outputs
from sim.errors import Problem, UnusableInput, did_you_mean
from sim.jobs.inputs import judge_by, must_exist, packs_and_options, read_clocks, read_finding
from sim.texts import in_language, t


def explain_command(
    log: Path,
    rule: str,
    pack: str | None,
    stamps: str | None,
    clocks: Path | None,
    lang: str | None,
) -> int:
    """Print clause, clocks, proofs and causes of one rule's verdicts; return the status."""
    _, of_console = outputs.languages(lang)
    must_exist(log)
    with in_language(of_console):
        from sim.log import read_log
        from sim.report.explain import explain
        from sim.report.names import record_names
        from sim.rules import corrected

        chosen = packs_and_options(pack, read_finding(log))
        off = read_clocks(clocks)
        record = read_log(log)
        names = record_names(record.table)
        of_rule = [(found, options) for found, options in chosen if rule in found.rules]
        if not of_rule:
            known = [name for found, _ in chosen for name in found.rules]
            expected = t("a rule of the pack: {names}", names=", ".join(known))
            raise UnusableInput(
                [Problem("--rule", 0, "", expected, rule, did_you_mean(rule, known))]
            )
        found, options = of_rule[0]
        verdicts = judge_by(record, [(found, options)], stamps, off)
        record = record if off is None else corrected(record, off)
        click.echo(explain(record, verdicts, rule, found, names))
    return 0
