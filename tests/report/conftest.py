"""A hand-made drill and hand-made verdicts: what the report is tested on."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

import pandas as pd
import pytest

from sim.log.record import EventLog
from sim.log.rows import to_log

ORIGIN = datetime.fromisoformat("2012-06-03T08:00:00+08:00")
CASE = "chemical-leak/base/1"
ROLES = {
    "plant": "unit",
    "village": "grassroots",
    "town": "township_gov",
    "county": "county_gov",
    "city": "city_gov",
    "county-safety": "county_dept",
    "city-safety": "city_dept",
    "region-safety": "region_dept",
    "region": "region_gov",
    "fire-1": "team",
    "fire-2": "team",
    "hazmat": "team",
    "ambulance-1": "team",
    "ambulance-2": "team",
    "depot": "depot",
}
NAMES = {
    "zh": {
        "plant": "河池市金城江区某化工有限公司",
        "village": "六圩镇凌霄村民委员会",
        "town": "六圩镇人民政府",
        "county": "金城江区人民政府值班室",
        "city": "河池市人民政府值班室",
        "county-safety": "金城江区安监局",
        "city-safety": "河池市安全生产监督管理局",
        "region-safety": "自治区安全生产监督管理局",
        "region": "自治区人民政府总值班室",
        "fire-1": "消防一中队",
        "fire-2": "消防特勤中队",
        "hazmat": "危险化学品专业救援队",
        "ambulance-1": "市急救中心一组",
        "ambulance-2": "市急救中心二组",
        "depot": "河池市救灾物资储备库",
    },
    "en": {
        "plant": "Jinchengjiang Chemical Works Co.",
        "village": "Lingxiao village committee",
        "town": "Liuxu township government",
        "county": "Jinchengjiang district duty office",
        "city": "Hechi city government duty office",
        "county-safety": "District work safety bureau",
        "city-safety": "Hechi work safety administration",
        "region-safety": "Regional work safety administration",
        "region": "Regional government duty office",
        "fire-1": "Fire squadron 1",
        "fire-2": "Special fire squadron",
        "hazmat": "Hazardous materials team",
        "ambulance-1": "Ambulance crew 1",
        "ambulance-2": "Ambulance crew 2",
        "depot": "Hechi relief supplies depot",
    },
}


class Diary:
    """Writes rows as the model does; `row` returns the number of the row it wrote."""

    def __init__(self):
        self.rows = []

    def row(self, minute, activity, actor="", cause=None, span="", phase="", **more):
        core = {"recipient": "", "object": "", "incident": "leak", "held_by": None}
        for name in core:
            core[name] = more.pop(name, core[name])
        self.rows.append(
            (
                round(minute * 60),
                activity,
                phase,
                actor,
                core["recipient"],
                core["object"],
                core["incident"],
                cause,
                core["held_by"],
                span,
                more or None,
            )
        )
        return len(self.rows) - 1

    def step(self, actor, activity, span, cause, asked, wait, work, waiting="waiting_person"):
        a = self.row(asked, activity, actor, cause, phase="asked")
        s = self.row(asked + wait, activity, actor, a, waiting if wait else "", "started")
        return self.row(asked + wait + work, activity, actor, s, span, "ended"), asked + wait + work

    def message(self, sender, to, kind, cause, minute, takes=2.0, fate="received", fields=None):
        name = f"leak/{sender}/{len(self.rows)}>{to}"
        ids = {"message": name, "report": name.split(">")[0], "kind": kind, **(fields or {})}
        a = self.row(minute, "send", sender, cause, phase="asked", recipient=to, **ids)
        s = self.row(minute, "send", sender, a, phase="started", recipient=to, **ids)
        if fate == "failed_first":
            s = self.row(
                minute + takes, "try_failed", sender, s, "transmission", recipient=to, **ids
            )
            minute += takes + 1
        end = minute + takes
        e = self.row(end, "send", sender, s, "transmission", "ended", recipient=to, **ids)
        if fate == "lost":
            self.row(end, "lost", sender, e, recipient=to, **ids)
            return e, end
        r = self.row(end, "receive", to, e, **ids)
        self.row(end, "acknowledge", to, r, recipient=sender, message=name)
        return r, end

    def log(self, case=CASE):
        order = sorted(range(len(self.rows)), key=lambda k: self.rows[k][0])
        place = {old: new for new, old in enumerate(order)}
        rows = []
        for old in order:
            row = list(self.rows[old])
            row[7] = None if row[7] is None else place[row[7]]
            rows.append(tuple(row))
        return to_log([(case, rows)], ORIGIN)


def directory(diary):
    for actor, role in ROLES.items():
        diary.row(0, "role", actor, incident="", actor_role=role)
    diary.row(0, "observe", "", incident="", until=8 * 3600)


def write_drill(seed=1, long_tail=True):
    """A leak at 08:12; reports run upwards within the first hours, teams go out, work goes on."""
    d, rng = Diary(), random.Random(seed)
    directory(d)
    occur = d.row(
        12, "occur", "", dead=3, missing=1, poisoned=14, hazard="chemical_leak", place="plant"
    )
    notice = d.row(14, "notice", "plant", occur, "noticing")
    last, now = notice, 14.0
    chain = ["plant", "town", "county", "city", "region"]
    side = {"county": "county-safety", "city": "city-safety"}
    for sender, to in pairwise(chain):
        kind = "initial"
        last, now = d.step(sender, "draft", "drafting", last, now, 0, rng.uniform(3, 8))
        if sender in ("county", "city"):
            last, now = d.step(sender, "sign", "signing", last, now, rng.uniform(2, 12), 4)
        fate = "failed_first" if sender == "county" else "received"
        got, now = d.message(sender, to, kind, last, now, 1.5, fate)
        last, now = d.step(to, "answer", "recording", got, now, rng.uniform(0, 4), 2)
        if to in side:
            d.message(to, side[to], "notice", last, now, 1)
        last, now = d.step(to, "verify", "verifying", last, now, rng.uniform(0, 6), 7)
        if to in ("county", "city"):
            last, now = d.step(to, "grade", "deciding", last, now, 1, 3)
            last = d.row(now, "confirm", to, last, grade="II")
        if to == "county":
            crews = d.row(now, "activate", to, last, level="III")
            start = now
    d.message("village", "town", "initial", None, 20, 1, "lost")
    d.message("county-safety", "city-safety", "initial", None, 62, 3)
    late, end = d.message("city-safety", "region-safety", "initial", None, 200, 3)
    d.message("region-safety", "region", "initial", late, end + 6, 2)
    d.row(45, "inject", "", recipient="town", note="gas cloud drifts to the school")
    d.message("city", "region", "detailed", last, 171, 4)
    for k, team in enumerate(["fire-1", "fire-2", "hazmat", "ambulance-1", "ambulance-2"]):
        a = d.row(start, "request", "county", crews, phase="asked", object=f"order-{k}")
        wait = 0 if k < 3 else 9
        row = d.row(
            start + wait, "dispatch", "county", a, "waiting_team" if wait else "", recipient=team
        )
        row, t = d.step(team, "muster", "mustering", row, start + wait, 0, rng.uniform(1, 8))
        row, t = d.step(team, "travel", "travel", row, t, 0, rng.uniform(9, 25))
        row = d.row(t, "arrive", team, row)
        row, t = d.step(team, "work", "working", row, t, 0, 150 if long_tail else 40)
        d.step(team, "return", "travel", row, t, 0, 30)
    row = d.row(start + 12, "request", "county", crews, recipient="depot", item="masks", quantity=5)
    row, t = d.step("depot", "approve", "deciding", row, start + 12, 4, 6)
    row, t = d.step("depot", "pick", "loading", row, t, 0, 12)
    row, t = d.step("depot", "load", "loading", row, t, 8, 10, "waiting_vehicle")
    row, t = d.step("depot", "travel", "travel", row, t, 0, 35)
    d.step("depot", "hand_over", "handing_over", row, t, 0, 8)
    for _ in range(60):  # follow-ups between neighbours, close together
        pair = rng.choice(
            [("town", "county"), ("county", "city"), ("fire-1", "county"), ("hazmat", "county")]
        )
        at = rng.uniform(60, 210)
        row, t = d.step(pair[0], "draft", "drafting", None, at, 0, 4)
        d.message(*pair, "follow_up", row, t, rng.uniform(0.5, 3))
    return d.log()


COLUMNS = {
    "case": CASE,
    "pack": "guangxi-2012-65",
    "rule": "",
    "clause": "第十条",
    "modality": "必须",
    "incident": "leak",
    "owner": "",
    "recipient": "region",
    "recurrence": 0,
    "limit_s": pd.NA,
    "grade": "II",
    "verdict": "",
    "reason": "",
    "start_s": pd.NA,
    "deadline_s": pd.NA,
    "end_s": pd.NA,
    "margin_s": pd.NA,
    "end_row": "",
    "summary": "",
    "flags": "",
    "facts": "",
    "true_grade": "",
    "true_grade_verdict": "",
    "evidence": "",
}


@dataclass
class Table:
    """What `sim.rules.score` returns, as far as the report reads it."""

    table: pd.DataFrame
    origins: dict[str, datetime]

    def records(self):
        return self.table.to_dict("records")


def instance(rule, owner, limit, verdict, starts=None, end=None, **more):
    """One row of the verdict table; `starts` = (occur, receive, confirm) in minutes, `end` too."""
    row = {**COLUMNS, "rule": rule, "owner": owner, "verdict": verdict, "limit_s": limit * 60}
    for k, name in enumerate(("occur", "receive", "confirm")):
        row |= {f"{name}_{what}": pd.NA for what in ("start_s", "deadline_s", "margin_s")}
        row |= {f"{name}_verdict": "", f"{name}_reason": ""}
        if starts is None or starts[k] is None:
            continue
        start = round(starts[k] * 60)
        row |= {f"{name}_start_s": start, f"{name}_deadline_s": start + limit * 60}
        if end is None:
            row[f"{name}_verdict"] = verdict
        else:
            margin = start + limit * 60 - round(end * 60)
            row |= {f"{name}_margin_s": margin, f"{name}_verdict": "met" if margin >= 0 else "late"}
    if starts is not None and starts[2] is not None:
        start = round(starts[2] * 60)
        row |= {"start_s": start, "deadline_s": start + limit * 60}
        if end is not None:
            row |= {"end_s": round(end * 60), "margin_s": start + limit * 60 - round(end * 60)}
    under = {row[f"{name}_verdict"] for name in ("occur", "receive", "confirm")} - {""}
    row["summary"] = under.pop() if len(under) == 1 else ("depends" if under else verdict)
    return row | more


def verdict_table(rows, origins=None):
    numbers = [name for name in rows[0] if name.endswith("_s")] + ["recurrence"]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(numbers, "Int64"))
    return Table(frame, origins or {CASE: ORIGIN})


def drill_verdicts(log):
    """Verdicts as they would be for `write_drill`, from its rows' times."""
    table = log.table

    def first(activity, actor, **where):
        rows = table[(table["activity"] == activity) & (table["actor"] == actor)]
        for name, value in where.items():
            rows = rows[rows[name] == value]
        return rows.iloc[0]

    got = first("receive", "region", kind="initial")
    detail = first("receive", "region", kind="detailed")
    dept = table[(table["activity"] == "receive") & table["message"].str.contains("region-safety/")]
    confirm = first("confirm", "city")["time"] / 60
    starts = (12, first("receive", "city")["time"] / 60, confirm)
    rows = [
        instance("R10-II-a", "city", 120, "met", starts, got["time"] / 60, evidence=got["row"]),
        instance(
            "R10-II-a",
            "city-safety",
            120,
            "late",
            (12, 63, 75),
            dept.iloc[0]["time"] / 60,
            evidence=dept.iloc[0]["row"],
        ),
        instance(
            "R10-II-b", "city", 180, "met", starts, detail["time"] / 60, evidence=detail["row"]
        ),
        instance("R10-II-c", "city", 60, "not_applicable", reason="not_needed"),
        instance("R10-0", "plant", 30, "met", (None, None, 14), 22, recipient="town"),
        instance(
            "R10-0",
            "village",
            30,
            "late",
            (None, None, 16),
            recipient="town",
            reason="never_reported",
            facts="never_reported",
        ),
        instance("R10-III", "region-safety", 360, "unproven", reason="no_start"),
    ]
    return verdict_table(rows)


@pytest.fixture(scope="session")
def drill() -> EventLog:
    return write_drill()


@pytest.fixture(scope="session")
def verdicts(drill):
    return drill_verdicts(drill)


@pytest.fixture(scope="session")
def names():
    return NAMES


@pytest.fixture(scope="session")
def origin():
    return ORIGIN


@pytest.fixture(scope="session")
def make_instance():
    return instance


@pytest.fixture(scope="session")
def make_verdicts():
    return verdict_table


@pytest.fixture(scope="session")
def make_drill():
    return write_drill


@pytest.fixture(scope="session")
def make_diary():
    return Diary


def drawn_texts(picture):
    """Every text that a picture really draws (ticks out of view are not), with its box."""
    from matplotlib.text import Text

    seen, usual = [], Text.draw

    def draw(self, renderer, *args, **kwargs):
        if self.get_visible() and self.get_text().strip():
            seen.append(self)
        return usual(self, renderer, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Text, "draw", draw)
        picture.canvas.draw()
    renderer = picture.canvas.get_renderer()
    return [(text, Text.get_window_extent(text, renderer)) for text in dict.fromkeys(seen)]


@pytest.fixture(scope="session")
def text_problems():
    """Return what is wrong with the texts of a picture: outside of it, or one over another."""

    def problems(picture, slack=1.0):
        found, (wide, high) = drawn_texts(picture), picture.bbox.size
        out = [
            f"outside: {text.get_text()!r}"
            for text, box in found
            if box.x0 < -slack or box.y0 < -slack or box.x1 > wide + slack or box.y1 > high + slack
        ]
        for k, (one, a) in enumerate(found):
            for other, b in found[k + 1 :]:
                across = min(a.x1, b.x1) - max(a.x0, b.x0)
                if across > slack and min(a.y1, b.y1) - max(a.y0, b.y0) > slack + 1:
                    out.append(f"over each other: {one.get_text()!r}, {other.get_text()!r}")
        return out

    return problems
