"""Supplies on the report page: tables in words, sums in sentences, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sim.log import EventLog, order_lines, supply_costs, supply_summary, unhoused, unmet_need
from sim.log.costs import KINDS
from sim.report.clock import clock, short_span
from sim.report.names import named
from sim.report.supply_words import moment, number, supply_sentences
from sim.report.times import percent
from sim.texts import t

SHORT = 12  # rows up to which a table stands open


@dataclass(frozen=True)
class Table:
    """A table of the page; the last `numbers` columns are numbers.

    A row of one cell is the heading of those that follow it; a short table is `open_`.
    """

    title: str
    head: list[str]
    rows: list[list[str]]
    numbers: int

    @property
    def length(self) -> int:
        """How many rows there are, headings not counted."""
        return sum(len(row) > 1 for row in self.rows)

    @property
    def open_(self) -> bool:
        """Whether the table stands unfolded."""
        return self.length <= SHORT


@dataclass(frozen=True)
class SupplyPart:
    """What the section on supplies prints."""

    result: list[str]
    pictures: list[dict[str, str]]
    tables: list[Table]


def supply_part(
    log: EventLog, names: Mapping[str, str], title: str, lang: str
) -> SupplyPart | None:
    """Return the section on supplies, `None` where nothing was ordered or needed, nor room.

    The first case in full, and with several cases the sums of all.  Call it with the language in
    force (`in_language`).
    """
    case = log.cases[0]
    one = log.case(case)
    lines, need = order_lines(one), unmet_need(one)
    lines = lines[~lines["replenishes"]]
    if not len(lines) and not len(need) and not len(unhoused(one)):
        return None
    summary = supply_summary(log)
    here = summary[summary["case"].eq(case) & summary["item"].eq("")].iloc[0]
    costs = supply_costs(one)
    costs = costs[costs["total"].notna()]
    tables = [_lines(lines, one, names), _need(need, one, names), _costs(costs, lines, names)]
    if len(log.cases) > 1:
        tables.insert(0, _all_cases(summary, names))
    words = supply_sentences(one, here, lines, need, names)
    if costs["total"].sum():
        words.append(t("Cost: {yuan} yuan.", yuan=number(costs["total"].sum())))
    return SupplyPart(
        words,
        _pictures(log, one, names, title, lang),
        [table for table in tables if table.rows],
    )


def _lines(lines: pd.DataFrame, log: EventLog, names: Mapping[str, str]) -> Table:
    origin = log.origins[log.cases[0]]
    quantities = ("requested", "approved", "picked", "loaded", "delivered", "accepted", "short")
    rows: list[list[str]] = []
    above = ""
    took = {k: lines[k] - lines["asked"] for k in ("first", "full")}
    for line in lines.assign(**took).to_dict("records"):
        asked = line["asked"]
        times = ["—" if pd.isna(line[k]) else short_span(int(line[k])) for k in took]
        when = "" if pd.isna(asked) else clock(origin, int(asked))
        order = f"{when} {_order(line, names)}".strip()
        if order != above:
            rows.append([order])
            above = order
        rate = "—" if pd.isna(line["fill_rate"]) else f"{percent(line['fill_rate'])} %"
        item = named(names, line["item"])
        rows.append([item, *(number(line[k]) for k in quantities), rate, *times])
    head = [t("item"), t("requested"), t("approved"), t("picked"), t("loaded"), t("delivered")]
    head += [t("accepted"), t("still short"), t("fill rate"), t("first after (h:min)")]
    head.append(t("in full after (h:min)"))
    return Table(t("Order lines (pieces)"), head, rows, len(head) - 1)


def _need(need: pd.DataFrame, log: EventLog, names: Mapping[str, str]) -> Table:
    rows = []
    for row in need.to_dict("records"):
        cells = [number(row[k]) for k in ("needed", "given", "lapsed", "unmet", "person_hours")]
        if row["basis"] == "handed_over":
            cells[1] += t(" (handed over)")
        rows.append([*(named(names, row[k]) for k in ("shelter", "item")), *cells])
    head = [t("shelter"), t("item"), t("needed"), t("given out"), t("lapsed"), t("still needed")]
    head.append(t("person-hours in want"))
    until = moment(log, need["until_s"].iloc[0]) if len(need) else ""
    return Table(t("Need in shelters (pieces), until {until}", until=until), head, rows, 5)


def _costs(costs: pd.DataFrame, lines: pd.DataFrame, names: Mapping[str, str]) -> Table:
    kinds = [kind for kind in KINDS if costs[kind].sum()]
    words = {
        "purchase": t("purchase"),
        "hire": t("hire"),
        "wages": t("wages"),
        "compensation": t("compensation for requisitioned goods"),
        "loss": t("loss of goods"),
        "other": t("other cost"),
    }
    orders = {line["order"]: _order(line, names) for line in lines.to_dict("records")}
    rows = [
        [
            orders.get(row["order"], row["order"]) or t("no order"),
            *(number(row[kind]) for kind in [*kinds, "total"]),
        ]
        for row in costs.to_dict("records")
        if row["total"]
    ]
    if rows:
        sums = costs[[*kinds, "total"]].sum()
        rows.append([t("in all"), *(number(sums[kind]) for kind in [*kinds, "total"])])
    head = [t("order for supplies"), *(words[kind] for kind in kinds), t("total")]
    return Table(t("Cost (yuan)"), head, rows, len(kinds) + 1)


def _all_cases(summary: pd.DataFrame, names: Mapping[str, str]) -> Table:
    rows = []
    for item in dict.fromkeys(item for item in summary["item"] if item):
        part = summary[summary["item"].eq(item)]
        rates, hours = part["fill_rate"].dropna(), part["unmet_hours"].dropna()
        full = part["full_last"]
        times = np.sort(full.astype("float").fillna(np.inf))
        rows.append(
            [
                named(names, item),
                str(len(part)),
                _spread(rates * 100),
                f"{int(full.notna().sum())}/{len(part)}",
                *(_hours(times, share) for share in (0.5, 0.9)),
                _spread(hours),
            ]
        )
    head = [t("item"), t("cases"), t("fill rate %, median (10–90 %)"), t("all filled")]
    head += [t("in full after (h:min), median"), t("in 90 % of cases")]
    head.append(t("person-hours in want, median (10–90 %)"))
    return Table(t("All cases"), head, rows, 6)


def _hours(times: np.ndarray, share: float) -> str:
    """Return the quantile by nearest rank; cases that were never filled are the longest."""
    time = times[int(np.ceil(share * len(times))) - 1]
    return "—" if np.isinf(time) else short_span(int(time))


def _spread(values: pd.Series) -> str:
    if not len(values):
        return "—"
    low, middle, high = np.quantile(values.astype(float), (0.1, 0.5, 0.9))
    return f"{number(middle)} ({number(low)}–{number(high)})"


def _order(line: Any, names: Mapping[str, str]) -> str:
    """Return an order as people call it: by whom, which one, for whom."""
    tail = line["order"].rpartition("/")[2]
    number = tail.rpartition("-")[2]
    which = t("order {n}", n=number) if "-" in tail and number.isdecimal() else tail
    to = named(names, line["recipient"] or line["place"])
    return f"{named(names, line['office'])} {which} → {to}".strip(" →")


def _pictures(
    log: EventLog, one: EventLog, names: Mapping[str, str], title: str, lang: str
) -> list[dict[str, str]]:
    from sim.report.supply_chart import supply_chart
    from sim.report.supply_ecdf import supply_ecdf

    found = []
    try:
        picture = supply_chart(one, lang=lang, names=names, title=title)
        found.append({"src": picture.data_uri(), "alt": t("Where the goods were, over time")})
        if len(log.cases) > 1:
            words = t("How soon supplies were there")
            picture = supply_ecdf(log, lang=lang, names=names)
            found.append({"src": picture.data_uri(), "alt": words})
    except ValueError:  # people found no room, and nothing was asked for
        pass
    return found
