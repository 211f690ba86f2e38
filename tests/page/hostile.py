"""Texts that would become markup where somebody forgets to escape them, in every field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
MARK = "hacked"
HOSTILE = (
    f"\"'><img src=x id={MARK} onerror=window.{MARK}=1><script>window.{MARK}=1;alert(1)</script>"
)
TEXTS = ("zh", "en", "title", "source", "note")
"""Keys of a scenario whose values are free texts."""


def hostile_scenario() -> str:
    """A shipped scenario, the hostile text added to every free text of it."""
    import io

    yaml = YAML()
    data = yaml.load((ROOT / "scenarios/village-landslide.yaml").read_text(encoding="utf-8"))
    del data["about"]
    changed = spoil(data)
    assert changed > 30
    out = io.StringIO()
    yaml.width = 100_000
    yaml.dump(data, out)
    return out.getvalue()


def spoil(node: Any) -> int:
    """Add the hostile text to the free texts below a node; return to how many."""
    if isinstance(node, list):
        return sum(map(spoil, node))
    if not isinstance(node, dict):
        return 0
    changed = 0
    for key, value in list(node.items()):
        if key in TEXTS and isinstance(value, str) and value != "assumed":
            node[key] = value + HOSTILE
            changed += 1
        else:
            changed += spoil(value)
    return changed


def hostile_sheet() -> str:
    """A sheet in which title, headings and cells all hold the hostile text."""
    quoted = '"' + HOSTILE.replace('"', '""') + '"'
    rows = [
        [quoted] * 5,
        ["时间", "事项", "单位", "报送对象", quoted],
        ["2026-03-19 08:20", "发生", quoted, quoted, quoted],
        ["2026-03-19 09:05", "上报", quoted, quoted, quoted],
        ["2026-03-19 09:10", quoted, quoted, quoted, quoted],
        [quoted, "上报", quoted, quoted, quoted],
    ]
    return "\n".join(",".join(row) for row in rows) + "\n"
