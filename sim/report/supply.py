"""Supplies on the report page: tables in words, sums in sentences, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.log import EventLog, order_lines, supply_costs, supply_summary, unmet_need
from sim.report.supply_tables import Table, cases_table, cost_table, lines_table, need_table, number
from sim.report.times import percent
from sim.texts import t


@dataclass(frozen=True)
class SupplyPart:
    """What the section on supplies prints."""

    result: list[str]
    pictures: list[dict[str, str]]
    tables: list[Table]


def supply_part(
    log: EventLog, names: Mapping[str, str], title: str, lang: str
) -> SupplyPart | None:
    """Return the section on supplies, `None` where nothing was ordered or needed.

    The first case in full, and with several cases the sums of all.  Call it with the language in
    force (`in_language`).
    """
    case = log.cases[0]
    one = log.case(case)
    lines, need = order_lines(one), unmet_need(one)
    lines = lines[~lines["replenishes"]]
    if not len(lines) and not len(need):
        return None
    summary = supply_summary(log)
    here = summary[summary["case"].eq(case) & summary["item"].eq("")].iloc[0]
    costs = supply_costs(one)
    tables = [
        lines_table(lines, one, names),
        need_table(need, names),
        cost_table(costs, lines, names),
    ]
    if len(log.cases) > 1:
        tables.insert(0, cases_table(summary, names))
    return SupplyPart(
        _sentences(here, lines, float(costs["total"].sum())),
        _pictures(log, one, names, title, lang),
        [table for table in tables if table.rows],
    )


def _sentences(here: Any, lines: pd.DataFrame, costs: float) -> list[str]:
    words = []
    if len(lines):
        full, rate = int(lines["full"].notna().sum()), here["fill_rate"]
        share = "—" if pd.isna(rate) else percent(rate)
        words.append(
            t(
                "{full} of {n} order lines filled; mean fill rate {share} %.",
                full=full,
                n=len(lines),
                share=share,
            )
        )
    if pd.notna(here["unmet_hours"]):
        hours = number(here["unmet_hours"])
        words.append(t("In want: {hours} person-hours, each item counted by itself.", hours=hours))
    if here["stock_outs"]:
        times, hours = here["stock_outs"], number(here["out_hours"])
        words.append(t("Stock-outs: {n}, lasting {hours} h in all.", n=times, hours=hours))
    if here["counted"]:
        same = round(here["agree"] * here["counted"])
        error = percent(here["record_error"])
        words.append(
            t(
                "Books and stock agree for {same} of {n}; mean error {error} %.",
                same=same,
                n=here["counted"],
                error=error,
            )
        )
    if here["trips"]:
        on_way = percent(here["on_way"])
        words.append(
            t(
                "{n} vehicles, {trips} trips; on the way {share} % of the time.",
                n=here["vehicles"],
                trips=here["trips"],
                share=on_way,
            )
        )
    if costs:
        words.append(t("Cost: {yuan} yuan.", yuan=number(costs)))
    return words


def _pictures(
    log: EventLog, one: EventLog, names: Mapping[str, str], title: str, lang: str
) -> list[dict[str, str]]:
    from sim.report.supply_chart import supply_chart
    from sim.report.supply_ecdf import supply_ecdf

    picture = supply_chart(one, lang=lang, names=names, title=title)
    found = [{"src": picture.data_uri(), "alt": t("Where the goods were, over time")}]
    if len(log.cases) > 1:
        words = t("How soon supplies were there")
        found.append({"src": supply_ecdf(log, lang=lang, names=names).data_uri(), "alt": words})
    return found
