"""Who entered something, and when."""

from __future__ import annotations

from datetime import UTC, datetime

from sim.errors import YanlianError
from sim.texts import t


def now() -> str:
    """Return the present second as the register writes it, in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def named(by: str) -> str:
    """Return a person's name without the spaces around it; an empty one is refused."""
    if not by.strip():
        raise YanlianError(t("--by is missing: who enters it"))
    return by.strip()
