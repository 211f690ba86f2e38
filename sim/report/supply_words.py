"""Supplies in sentences: what one case came to, nothing added up that does not add up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.log import EventLog, record_accuracy, supply_stages, unhoused
from sim.report.clock import clock
from sim.report.names import named
from sim.report.times import percent
from sim.texts import t


def supply_sentences(
    one: EventLog, here: Any, lines: pd.DataFrame, need: pd.DataFrame, names: Mapping[str, str]
) -> list[str]:
    """Return the sentences on one case; `here` is its row of `supply_summary` over all items."""
    words = [
        *(_filled(lines, here) if len(lines) else ()),
        *_without_room(one),
        *_in_want(need, names),
        *_out(here),
        *_books(one),
        *_moved(one, names),
    ]
    if here["trips"]:
        words.append(
            t(
                "{n} vehicles, {trips} trips; on the way {share} % of the time.",
                n=here["vehicles"],
                trips=here["trips"],
                share=percent(here["on_way"]),
            )
        )
    return words


def _filled(lines: pd.DataFrame, here: Any) -> list[str]:
    full, rate = int(lines["full"].notna().sum()), here["fill_rate"]
    share = "—" if pd.isna(rate) else percent(rate)
    text = t(
        "{full} of {n} order lines filled; mean fill rate {share} %.",
        full=full,
        n=len(lines),
        share=share,
    )
    return [text]


def _without_room(one: EventLog) -> list[str]:
    """Return what became of those whom no shelter had room for."""
    found = unhoused(one)
    if not len(found):
        return []
    hours = number(found["person_hours"].sum())
    until = moment(one, found["until_s"].iloc[0])
    left, away = int(found["waiting"].sum()), number(found["turned_away"].sum())
    if left:
        text = t(
            "No room in any shelter: {n} persons, until {until} ({away} turned away by all of "
            "them; who was sent on does not count); they waited {hours} person-hours.",
            n=number(left),
            until=until,
            away=away,
            hours=hours,
        )
    else:
        text = t(
            "No shelter had room for {away} persons at first; they waited {hours} person-hours, "
            "and were all taken in or had gone home by {until}.",
            away=away,
            hours=hours,
            until=until,
        )
    return [text]


def _in_want(need: pd.DataFrame, names: Mapping[str, str]) -> list[str]:
    """Return the person-hours item by item; the same persons lack several: there is no sum."""
    words = []
    parts = []
    for item, own in need.groupby("item", sort=False):
        hours = own["person_hours"]
        if hours.notna().all() and hours.sum():
            parts.append(f"{named(names, str(item))} {number(hours.sum())}")
    if parts:
        listed = t(", ").join(parts)
        text = t(
            "Person-hours in want, item by item: {items}. The same persons may lack several "
            "items, so there is no sum.",
            items=listed,
        )
        words.append(text)
    if need["basis"].eq("handed_over").any():
        text = t("Nobody recorded what was given out: what was handed over counts as given.")
        words.append(text)
    if need["basis"].eq("").any():
        text = t("Where neither is on record, what people lacked is not known.")
        words.append(text)
    return words


def _out(here: Any) -> list[str]:
    if not here["stock_outs"]:
        return []
    text = t(
        "Stock-outs: {n}, lasting {hours} h in all.",
        n=here["stock_outs"],
        hours=number(here["out_hours"]),
    )
    if here["outs_open"]:
        text += t(" Until the end of the record: {n} of the spells.", n=here["outs_open"])
    return [text]


def _books(one: EventLog) -> list[str]:
    """Return how books and stock agree: by count, and by what a simulated drill was given."""
    table = record_accuracy(one)
    if not len(table):
        return []
    words = []
    counted = int(table["counted"].sum())
    by_count = table[table["basis"].eq("counted")]
    if len(by_count):
        text = t(
            "Books and count agree for {same} of {n}; mean error {error} %.",
            same=int(by_count["agrees"].sum()),
            n=len(by_count),
            error=percent(float(by_count["error"].mean())),
        )
        words.append(text)
    if counted:
        text = t("Stock lines: {n}; counted: {counted}.", n=len(table), counted=counted)
    else:
        text = t("Stock lines: {n}; none was counted.", n=len(table))
    words.append(text)
    true = table[table["basis"].eq("true")]
    if len(true):
        text = t(
            "Against the stock that the drill was set up with, books agree for {same} of {n}; "
            "mean error {error} %.",
            same=int(true["agrees"].sum()),
            n=len(true),
            error=percent(float(true["error"].mean())),
        )
        words.append(text)
    return words


def _moved(one: EventLog, names: Mapping[str, str]) -> list[str]:
    """Return what went to depots, to fill up or to be pre-positioned."""
    table = supply_stages(one, to_depots=True)
    moved = table.groupby("item", sort=False)["accepted"].max()
    parts = [f"{named(names, str(item))} {number(n)}" for item, n in moved.items() if n]
    if not parts:
        return []
    return [t("Moved to depots, to fill up or beforehand: {items}.", items=t(", ").join(parts))]


def moment(log: EventLog, seconds: Any) -> str:
    """Return a second of the record's first case as its time of day."""
    return clock(log.origins[log.cases[0]], int(seconds))


def number(value: Any) -> str:
    """Return a number as people read it, a dash where there is none."""
    if pd.isna(value):
        return "—"
    found = float(value)
    return f"{found:,.0f}" if found == round(found) or abs(found) >= 10 else f"{found:,.1f}"
