"""A scenario of one office that verifies, drafts and sends, its pack, and records of it."""

from __future__ import annotations

from pathlib import Path

import sim
from sim.log import EventLog

ONE = """\
yanlian: 1
start: 2026-07-01T08:00+08:00
horizon: 12 h
places: {town: {adcode: "451200"}}
channels: {phone: {kind: phone, time: 1 min}}
procedures:
  tell:
    on: noticed
    steps:
      - verify: {time: {lognormal: {median: 40 min, p90: 2 h}}}
      - draft: {report: situation, time: {lognormal: {median: 60 min, p90: 3 h}}}
      - send: {to: superior, channel: phone}
  take: {on: arrived, steps: [{answer: {time: 0 s}}]}
  routine: {on: called, steps: [{serve: {time: 3 h}}]}
background:
  calls: {to: city, gap: 3 h, procedure: routine}
offices:
  city:
    role: city_gov
    place: town
    jurisdiction: [town]
    superior: region
    duty: 1
    procedures: [tell]
  region: {role: region_gov, duty: 2, procedures: [take]}
incidents:
  gas:
    {hazard: mine, place: town, jurisdiction: [town], course: [{dead: 4}], noticed: {city: 5 min}}
"""
PACK_OF_ONE = """\
format: 1
id: one
version: "1"
title: {zh: 一, en: one}
valid: {from: 2020-01-01}
jurisdiction: any
score_anchor: occur
sources: {own: {title: made up, confidence: low}}
rules:
  TELL:
    clause: "1"
    text: {zh: 四小时内报告, en: reported within 4 h}
    modality: 应
    kind: deadline
    owner: {role: city_gov}
    recipient: superior(owner)
    start: {activity: notice, actor: owner}
    end: received
    limit: 4 h
"""


def record(tmp_path: Path, *rows: str) -> EventLog:
    head = "time,activity,phase,actor,recipient,incident,actor_role,superior,until"
    text = "\n".join((head, *rows)) + "\n"
    (tmp_path / "real.csv").write_text(text, encoding="utf-8")
    return sim.read_log(tmp_path / "real.csv")


DIRECTORY = (
    ",role,,city,,,city_gov,region,",
    ",role,,region,,,region_gov,,",
    "2026-07-01T08:00+08:00,observe,,,,,,,2026-07-01T20:00+08:00",
)


def at(clock: str, rest: str) -> str:
    return f"2026-07-01T{clock}+08:00,{rest},,,"
