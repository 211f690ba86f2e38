"""One warning: where, what, how grave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.files.yamlfile import Node, dotted
from sim.texts import in_language, language


@dataclass(frozen=True)
class LintWarning:
    """A doubt about a scenario: `node` is the place in it, `check` the check that found it.

    `severity`: `warning` (the drill will not run as meant) or `hint` (something is idle).
    """

    check: str
    node: Node
    zh: str
    en: str
    severity: Literal["warning", "hint"] = "warning"

    @property
    def path(self) -> str:
        """The place as messages show it: `offices.hechi.duty`."""
        return dotted(self.node)

    @property
    def text(self) -> str:
        """The sentence in the language in force."""
        return self.zh if language() == "zh" else self.en

    def __str__(self) -> str:
        return f"{self.path}: {self.text}"


def warn(
    check: str,
    node: Node,
    text: Callable[[], str],
    severity: Literal["warning", "hint"] = "warning",
) -> LintWarning:
    """Return a warning whose sentence `text()` gives in the language in force."""
    said = {}
    for lang in ("zh", "en"):
        with in_language(lang):
            said[lang] = text()
    return LintWarning(check, node, said["zh"], said["en"], severity)
