"""The choices of the form in which a person says what a foreign file means, and their mapping."""

from __future__ import annotations

import io
import re
from typing import Any

from ruamel.yaml import YAML

from sim.texts import vocabulary

Draft = dict[str, Any]
"""Plain data: `columns` column -> field of the record (`case`, or `event:ACTIVITY` for a time of
its own); `words` word -> {activity, kind}; `bodies` word -> {role, superior, same}; and `BLANK`."""
BLANK = {
    **dict.fromkeys(("sheet", "header", "pattern", "date", "formats", "incident", "hazard"), ""),
    "until": "",
    "about": "15 min",
    "zone": "Asia/Shanghai",
    "complete": "unknown",
    "others": False,
}
"""What a draft says before anybody chose anything."""
EVENT = "event:"


def activity_of(word: str) -> str:
    """Return the activity that a word probably means: by its name or label, by usual words."""
    if word in _USUAL:
        return _USUAL[word]
    labels = {label: one for one, pair in vocabulary("activity").items() for label in (one, *pair)}
    return labels.get(word, "")


_USUAL = {
    **dict.fromkeys(("发生", "事发", "事故发生", "险情发生"), "occur"),
    **dict.fromkeys(("接报", "接到报告", "接警", "获知"), "notice"),
    **dict.fromkeys(("上报", "报告", "报送", "初报", "续报", "终报", "转报"), "reported"),
    **dict.fromkeys(("定级", "研判定级", "确认为"), "confirm"),
    **dict.fromkeys(("派出", "调派", "出动指令", "下令"), "order"),
    **dict.fromkeys(("出发", "出动"), "depart"),
    **dict.fromkeys(("到场", "抵达", "到达现场"), "arrive"),
}
_KINDS = {"初报": "initial", "续报": "follow_up", "终报": "final"}
_ROLES = (
    (r"消防|救援队|医疗队|救护|支队|大队|中队", "team"),
    (r"储备库|仓库", "depot"),
    (r"自治区.*(厅|局|委)|省.*(厅|局)", "region_dept"),
    (r"自治区|省政府|省委", "region_gov"),
    (r"(市|地区).*(局|委)$", "city_dept"),
    (r"(县|区|旗).*局$", "county_dept"),
    (r"(镇|乡|街道)", "township_gov"),
    (r"(村|社区|屯)", "grassroots"),
    (r"(县|城区|区政府|区值班)", "county_gov"),
    (r"市", "city_gov"),
    (r"(公司|厂|矿|学校|企业|医院)", "unit"),
)
_ABOVE = {"township_gov": "county_gov", "county_gov": "city_gov", "city_gov": "region_gov",
          "county_dept": "city_dept", "city_dept": "region_dept"}  # fmt: skip


def kind_of_report(word: str) -> str:
    """Return the kind of report that a word names, or empty."""
    return _KINDS.get(word, "")


def bodies_of(words: list[str]) -> dict[str, dict[str, str]]:
    """Return what organisations probably are, by their names, and who is above whom."""
    role = {word: next((r for p, r in _ROLES if re.search(p, word)), "") for word in words}
    found = {}
    for word in words:
        above = [one for one in words if role[one] == _ABOVE.get(role[word], "-")]
        superior = above[0] if len(above) == 1 else ""
        found[word] = {"role": role[word], "superior": superior, "same": ""}
    return found


def mapping_of(draft: Draft, order: list[str]) -> dict[str, Any]:
    """Return the mapping that a draft amounts to; `order` is that of the file's columns."""
    means = {name: draft["columns"].get(name, "") for name in order}
    events = {n: m.removeprefix(EVENT) for n, m in means.items() if m.startswith(EVENT)}
    plain = {n: m for n, m in means.items() if m and m != "case" and n not in events}
    made: dict[str, Any] = {"mapping": 1}
    source = _source(draft)
    if source:
        made["source"] = source
    case = next((name for name, what in means.items() if what == "case"), "")
    if case:
        made["case"] = case
    if plain:
        made["columns"] = plain
    if events:
        made["events"] = {name: {"activity": word} for name, word in events.items()}
    made["constants"] = {"incident": draft.get("incident") or "incident"}
    if draft.get("others"):
        made["others"] = "keep"
    words = {word: _meaning(one, draft) for word, one in draft.get("words", {}).items()}
    words = {word: meaning for word, meaning in words.items() if meaning}
    if words and "activity" in plain.values():
        made["words"] = {"activity": words}
    bodies = organisations(draft.get("bodies", {}))
    if bodies:
        made["organisations"] = bodies
    time = {key: draft[key] for key in ("zone", "date", "about") if draft.get(key)}
    formats = [text for text in str(draft.get("formats") or "").split(";") if text.strip()]
    if formats:
        time["formats"] = [text.strip() for text in formats]
    if time:
        made["time"] = time
    made["complete"] = _complete(draft)
    return made


def _source(draft: Draft) -> dict[str, Any]:
    source: dict[str, Any] = {}
    if draft.get("sheet"):
        source["sheet"] = draft["sheet"]
    rows = [int(word) for word in str(draft.get("header") or "").split() if word.isdigit()]
    if rows:
        source["header"] = rows
    if draft.get("pattern"):
        source |= {"pattern": draft["pattern"], "continues": "text"}
    return source


def _meaning(one: dict[str, str], draft: Draft) -> Any:
    """Return what a word of the file means: an activity, or several columns of the record."""
    fields = {key: one[key] for key in ("activity", "kind", "phase") if one.get(key)}
    if not fields.get("activity"):
        return None
    if fields["activity"] == "occur" and draft.get("hazard"):
        fields["hazard"] = draft["hazard"]
    return fields["activity"] if len(fields) == 1 else fields


def organisations(bodies: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Return the directory: one entry per body that has a role, with all words for it."""
    ids: dict[str, str] = {}
    for word, one in bodies.items():
        if one.get("role"):
            base = one["role"].replace("_", "-")
            number = sum(that == base or that.startswith(f"{base}--") for that in ids.values())
            ids[word] = f"{base}--{number + 1}" if number else base
    made: dict[str, Any] = {}
    for word, key in ids.items():
        one = bodies[word]
        entry: dict[str, Any] = {"role": one["role"]}
        if ids.get(one.get("superior", "")) not in (None, key):
            entry["superior"] = ids[one["superior"]]
        entry["name"] = word
        same = [other for other, that in bodies.items() if that.get("same") == word]
        entry["words"] = list(dict.fromkeys([word, *same]))
        made[key] = entry
    return made


def _complete(draft: Draft) -> Any:
    """Return where the record is complete: of the event, not of registers over the years."""
    incident = {"incident": draft.get("incident") or "incident"}
    if draft.get("complete") == "until" and draft.get("until"):
        return {"until": draft["until"].replace("T", " "), **incident}
    return {"until": "last", **incident} if draft.get("complete") == "last" else "unknown"


def draft_yaml(draft: Draft, order: list[str]) -> str:
    """Return the text of the mapping that a draft amounts to."""
    writer = YAML()
    writer.width = 10_000
    out = io.StringIO()
    writer.dump(mapping_of(draft, order), out)
    return out.getvalue()
