"""The pack as the file has it: `like`, then the choices of its options, in plain dictionaries.

Read from the file format alone (`sim.rules.pack`); nothing of the scorer's own loader.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400}


def seconds(text: str) -> int:
    number, unit = text.split()
    return round(float(number) * UNITS[unit])


def months(text: str) -> int:
    number, unit = text.split()
    return int(number) * (12 if unit.startswith("year") else 1)


def merged(old: Any, new: Any) -> Any:
    """`need` names what is asked in addition; every other key is replaced."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return new


def set_keys(rule: dict, keys: dict) -> None:
    for key, value in keys.items():
        rule[key] = merged(rule.get(key), value) if key == "need" else deepcopy(value)


KINDS = ("deadline", "presence", "absence", "sequence", "consistency", "coverage", "period")
"""The kinds of rule that the twin reads; others are left to their own tests."""


def read(pack, chosen: dict[str, str]) -> dict:
    """Return {"anchor": …, "readings": …, "rules": {id: rule}} under the chosen options."""
    raw, rules = pack.raw, {}
    for name, entry in raw["rules"].items():
        entry = deepcopy(entry)
        base = deepcopy(rules[entry.pop("like")]) if "like" in entry else {}
        rules[name] = {**base, **entry}
    for name, rule in rules.items():  # `like` copies the duty, not that it is switched off
        rule["enabled"] = raw["rules"][name].get("enabled", True)
    whole = {"score_anchor": raw["score_anchor"]}
    for name, option in pack.options.items():
        for where, keys in option.choices[chosen.get(name, option.default)].items():
            if where == "pack":
                whole.update(keys)
            elif where == "all":
                for rule in rules.values():
                    if rule["kind"] == "deadline":
                        set_keys(rule, keys)
            else:
                set_keys(rules[where], keys)
    return {
        "anchor": whole["score_anchor"],
        "readings": raw.get("readings", ["occur", "receive", "confirm"]),
        "rules": {
            n: rule for n, rule in rules.items() if rule["enabled"] and rule["kind"] in KINDS
        },
    }
