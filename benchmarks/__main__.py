"""Run the benchmarks named on the command line, or all: `python -m benchmarks relay flood`."""

from __future__ import annotations

import sys

from benchmarks import (
    dispatch,
    flood,
    foreign,
    imports,
    intake,
    load,
    relay,
    roads,
    scoring,
    study,
    supply,
)

ALL = {
    "relay": relay.main,
    "load": load.main,
    "dispatch": dispatch.main,
    "flood": flood.main,
    "import": imports.main,
    "intake": intake.main,
    "roads": roads.main,
    "study": study.main,
    "supply": supply.main,
    "foreign": foreign.main,
    "scoring": scoring.main,
}

for name in sys.argv[1:] or ALL:
    if name not in ALL:
        sys.exit(f"no benchmark named {name}; there are {', '.join(ALL)}")
    ALL[name]()
    print()
