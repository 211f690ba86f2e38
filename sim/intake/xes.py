"""Event logs in XES (IEEE 1849), read as a stream; document types and entities are refused.

Columns are the keys of the events; those of a trace are called `case:KEY`.  Attributes inside
attributes, globals, classifiers and extensions are passed over.
"""

from __future__ import annotations

from typing import Any, Protocol
from xml.parsers import expat

import numpy as np

from sim.errors import Problem, UnusableInput
from sim.intake.rows import Rows
from sim.texts import t

MOST_EVENTS = 5_000_000
MOST_COLUMNS = 1_000
_KINDS = ("string", "date", "int", "float", "boolean", "id")
_CHUNK = 1 << 20


class Readable(Protocol):
    """Anything that bytes can be read from."""

    def read(self, size: int, /) -> bytes: ...


def read_xes(file: Readable, name: str, head: bytes = b"") -> Rows:
    """Return the events of a file, of which `head` was read before; raises `UnusableInput`."""
    reader = _Reader(name)
    parser = expat.ParserCreate()
    reader.parser = parser
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.EntityDeclHandler = reader.doctype
    try:
        parser.Parse(head, False)
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        expected = t("an event log in XES")
        problem = Problem(name, error.lineno, "", expected, expat.ErrorString(error.code))
        raise UnusableInput([problem]) from None
    return reader.rows()


class _Reader:
    """Follows the elements; `depth` counts from the event or trace that is open."""

    def __init__(self, name: str):
        self.name = name
        self.parser: Any = None
        self.path: list[str] = []
        self.trace: dict[str, str] = {}
        self.event: dict[str, str] | None = None
        self.columns: dict[str, dict[int, str]] = {}
        self.lines: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = name.rpartition(":")[2]
        inside = self.path[-1] if self.path else ""
        self.path.append(name)
        if len(self.path) == 1 and name != "log":
            raise self.wrong(t("an event log in XES"), f"<{name}>")
        if name == "trace":
            self.trace = {}
        elif name == "event":
            self.event = {}
            self.lines.append(self.parser.CurrentLineNumber)
        elif name in _KINDS and inside in ("trace", "event"):
            key, value = attributes.get("key", ""), attributes.get("value", "")
            if inside == "event" and self.event is not None:
                self.event[key] = value
            elif inside == "trace":
                self.trace[f"case:{key}"] = value

    def end(self, name: str) -> None:
        """An element ends."""
        name = self.path.pop()
        if name == "event" and self.event is not None:
            at = len(self.lines) - 1
            if at >= MOST_EVENTS:
                raise self.wrong(t("at most {n} rows", n=MOST_EVENTS), t("more"))
            for key, value in (self.trace | self.event).items():
                self.columns.setdefault(key, {})[at] = value
            if len(self.columns) > MOST_COLUMNS:
                raise self.wrong(t("at most {n} columns", n=MOST_COLUMNS), t("more"))
            self.event = None

    def doctype(self, *_: Any) -> None:
        """No event log has a document type; who writes one wants entities."""
        raise self.wrong(t("a file without a document type and entities"), "<!DOCTYPE")

    def wrong(self, expected: str, received: str) -> UnusableInput:
        """Return the error at the place that is being read."""
        line = self.parser.CurrentLineNumber
        return UnusableInput([Problem(self.name, line, "", expected, received)])

    def rows(self) -> Rows:
        """Return all events as columns."""
        count = len(self.lines)
        columns = {}
        for key, values in self.columns.items():
            column = np.full(count, "", dtype=object)
            column[list(values)] = list(values.values())
            columns[key] = column
        return Rows(self.name, "", columns, np.array(self.lines, dtype=np.int64))
