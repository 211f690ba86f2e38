"""From the fields of a form to what a task works on; what is no choice of the form is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from sim.files.units import QuantityError, duration_seconds
from sim.jobs.staffing import ALL, MOST_LEVELS
from sim.page import choices
from sim.page.sessions import Item
from sim.page.work.draft import EVENT, Draft
from sim.texts import vocabulary

Fields = MultiDict[str, str]
Items = Mapping[int, Item]
Args = dict[str, Any]
DRILLS = (1, 10, 50, 200, 1000)
"""Numbers of drills that the form offers."""
FIELDS = (
    *("time", "activity", "actor", "recipient", "kind", "channel", "message", "incident", "hazard"),
    *("place", "grade", "level", "dead", "missing", "injured", "trapped", "evacuated", "elements"),
    *("object", "persons", "phase", "reason", "note", "time_lo", "time_hi", "until", "due"),
)
"""Columns of the record that the form offers for columns of a file."""
TIMES = ("notice", "order", "depart", "arrive", "work", "return", "reported", "send", "receive",
         "confirm", "activate", "terminate")  # fmt: skip
"""Activities that a column of times may stand for."""


def number(text: str, low: int, high: int, default: int) -> int:
    """Return the whole number in a text, held between two bounds."""
    return min(max(int(text), low), high) if text.strip().isdigit() else default


def one_of(text: str, words: Any) -> str:
    """Return a text if it is one of some words, else empty."""
    return text if text in words else ""


def _item(fields: Fields, name: str, items: Items, *kinds: str) -> str:
    """Return the path of the item that was chosen, empty without one."""
    chosen = fields.get(name, "")
    found = items.get(int(chosen)) if chosen.isdigit() else None
    return str(found.path) if found is not None and found.kind in kinds else ""


def _pack(fields: Fields, items: Items) -> str | None:
    """Return the pack that was chosen: a shipped one by name, an uploaded one by path."""
    chosen = fields.get("pack", "")
    if chosen.isdigit():
        return _item(fields, "pack", items, "pack") or None
    return choices.known(chosen, choices.packs()) or None


def _drill(fields: Fields, items: Items) -> Args:
    return {
        "drills": number(fields.get("drills", ""), 1, 1000, 1),
        "seed": number(fields.get("seed", ""), 0, 2**31, 1),
        "pack": _pack(fields, items),
        "targets": [w for w in fields.getlist("targets") if choices.known(w, choices.targets())],
    }


def _score(fields: Fields, items: Items) -> Args:
    return {
        "pack": _pack(fields, items),
        "targets": [w for w in fields.getlist("targets") if choices.known(w, choices.targets())],
        "schemes": [w for w in fields.getlist("schemes") if choices.known(w, choices.schemes())],
        "readings": bool(fields.get("readings")),
        "checklist": _item(fields, "checklist", items, "sheet"),
        "clocks": _item(fields, "clocks", items, "clocks"),
        "ratings": _sheets(fields, items),
    }


def _sheets(fields: Fields, items: Items) -> list[str]:
    """Return the paths of the evaluators' forms that were chosen."""
    more = [int(word) for word in fields.getlist("ratings") if word.isdigit()]
    return [str(items[n].path) for n in more if n in items and items[n].kind == "sheet"]


def _report(fields: Fields, items: Items) -> Args:
    return {
        **_score(fields, items),
        "form": one_of(fields.get("form", ""), ("docx", "html", "pdf")) or "docx",
        "unit": fields.get("unit", "")[:200],
        "persons": bool(fields.get("persons")),
        "scenario": _item(fields, "scenario", items, "scenario"),
        "template": _item(fields, "template", items, "paper"),
    }


def _pool(fields: Fields, items: Items) -> Args:
    return {
        "pack": _pack(fields, items),
        "scenario": _item(fields, "scenario", items, "scenario"),
        "clocks": _item(fields, "clocks", items, "clocks"),
        "sheet": _item(fields, "corrections", items, "sheet"),
        "paths": _records(fields, items),
        "drills": number(fields.get("drills", ""), 10, 1000, 200),
        "seed": number(fields.get("seed", ""), 0, 2**31, 1),
    }


def _records(fields: Fields, items: Items) -> list[str]:
    """Return the paths of the records that were chosen."""
    more = [int(word) for word in fields.getlist("records") if word.isdigit()]
    return [str(items[n].path) for n in more if n in items and items[n].kind == "log"]


def _exercise(fields: Fields, items: Items) -> Args:
    return {
        "pack": _pack(fields, items),
        "template": _item(fields, "template", items, "paper"),
        "share": number(fields.get("share", ""), 1, 99, 60),
        "drills": number(fields.get("many", ""), 10, 1000, 200),
        "seed": number(fields.get("seed", ""), 0, 2**31, 1),
    }


def _staffing(fields: Fields, items: Items) -> Args:
    least = number(fields.get("least", ""), 1, 50, 1)
    return {
        "pack": _pack(fields, items),
        "place": fields.get("place", "")[:200],
        "least": least,
        "most": number(fields.get("most", ""), least, least + MOST_LEVELS - 1, least + 2),
        "rule": fields.get("rule", "")[:60] or ALL,
        "share": number(fields.get("sure", ""), 50, 99, 90),
        "drills": number(fields.get("each", ""), 20, 1000, 100),
        "seed": number(fields.get("seed", ""), 0, 2**31, 1),
    }


def _take(fields: Fields, items: Items) -> Args:
    return {
        "scenario": _item(fields, "scenario", items, "scenario"),
        "mapping": _item(fields, "mapping", items, "mapping"),
    }


def _explain(fields: Fields, items: Items) -> Args:
    return {"rule": fields.get("rule", "")[:60], "pack": _pack(fields, items)}


def _coverage(fields: Fields, items: Items) -> Args:
    return {**_pool(fields, items), "clocks": ""}


def draft_of(fields: Fields) -> Draft:
    """Return the draft of a mapping that the form holds; names of columns come with it."""
    draft: Draft = {"columns": {}, "words": {}, "bodies": {}}
    times = {f"{EVENT}{word}" for word in TIMES}
    for k, name in enumerate(fields.getlist("column")):
        means = one_of(fields.get(f"means-{k}", ""), {*FIELDS, *times, "case"})
        if means:
            draft["columns"][name] = means
    for k, word in enumerate(fields.getlist("word")):
        activity = one_of(fields.get(f"activity-{k}", ""), vocabulary("activity"))
        kind = one_of(fields.get(f"kind-{k}", ""), vocabulary("report"))
        draft["words"][word] = {"activity": activity, "kind": kind}
    for k, word in enumerate(fields.getlist("body")):
        role = one_of(fields.get(f"role-{k}", ""), vocabulary("role"))
        above, same = fields.get(f"superior-{k}", ""), fields.get(f"same-{k}", "")
        draft["bodies"][word] = {"role": role, "superior": above, "same": same}
    for key in ("sheet", "header", "pattern", "zone", "date", "formats", "incident", "until"):
        draft[key] = fields.get(key, "").strip()[:300]
    draft["about"] = _duration(fields.get("about", ""))
    draft["others"] = bool(fields.get("others"))
    draft["hazard"] = one_of(fields.get("hazard", ""), vocabulary("hazard"))
    draft["complete"] = one_of(fields.get("complete", ""), ("unknown", "last", "until"))
    return draft


def _duration(text: str) -> str:
    try:
        return text.strip() if text.strip() and duration_seconds(text.strip()) >= 0 else ""
    except QuantityError:
        return ""


def _look(fields: Fields, _: Items) -> Args:
    return {"draft": draft_of(fields)}


def _import(fields: Fields, items: Items) -> Args:
    from sim.page.work.draft import draft_yaml

    chosen = _item(fields, "mapping", items, "mapping")
    if chosen:
        return {"mapping": chosen}
    if fields.get("by") == "text":
        return {"yaml": fields.get("yaml", "")}
    return {"yaml": draft_yaml(draft_of(fields), fields.getlist("column"))}


def _enter(fields: Fields, items: Items) -> Args:
    return {
        "pack": _pack(fields, items),
        "register": _item(fields, "register", items, "register"),
        "by": fields.get("by", "").strip()[:100],
        "kind": one_of(fields.get("drill-kind", ""), ("comprehensive", "special")) or "special",
        "held": fields.get("held", "")[:10],
        "plans": [plan.strip() for plan in fields.get("plans", "").split(";") if plan.strip()],
    }


def _change(fields: Fields, items: Items) -> Args:
    acts = ("confirmed", "rejected", "assign", "done", "dropped", "list")
    return {
        "act": one_of(fields.get("act", ""), acts) or "list",
        "number": number(fields.get("number", ""), 1, 10**9, 0),
        "action": number(fields.get("action", ""), 1, 10**9, 0),
        "by": fields.get("by", "").strip()[:100],
        "text": fields.get("text", "").strip()[:2000],
        "owner": fields.get("owner", "").strip()[:100],
        "due": fields.get("due", "")[:10],
        "list": _item(fields, "list", items, "sheet"),
    }


READ: dict[str, Callable[[Fields, Items], Args]] = {
    "register-change": _change,
    "register-enter": _enter,
    "register-list": lambda fields, items: {},
    "against": _pool,
    "amend": _pool,
    "dial": _exercise,
    "film": _pool,
    "forms": _exercise,
    "injects": _exercise,
    "join": _pool,
    "papers": _exercise,
    "rehearsal": _exercise,
    "take-injects": _take,
    "check": lambda fields, items: {"pack": _pack(fields, items)},
    "clocks": lambda fields, items: {},
    "coverage": _coverage,
    "drill": _drill,
    "explain": _explain,
    "import": _import,
    "look": _look,
    "report": _report,
    "score": _score,
    "staffing": _staffing,
}
"""Kind of task -> what its form says."""
FOR = {
    "register-change": ("register",),
    "register-enter": ("log",),
    "register-list": ("register",),
    "against": ("log",),
    "amend": ("log",),
    "dial": ("scenario",),
    "film": ("log",),
    "forms": ("scenario", "log"),
    "injects": ("scenario",),
    "join": ("log",),
    "papers": ("scenario",),
    "rehearsal": ("scenario",),
    "take-injects": ("sheet",),
    "check": ("scenario",),
    "clocks": ("log",),
    "coverage": ("log",),
    "drill": ("scenario",),
    "explain": ("log",),
    "import": ("sheet",),
    "look": ("sheet",),
    "report": ("log",),
    "score": ("log",),
    "staffing": ("scenario",),
}
"""Kind of task -> kinds of files that it is for."""
NEEDS = {"against": "scenario", "amend": "sheet", "staffing": "place", "take-injects": "scenario"}
"""Kind of task -> what must be chosen for it."""
