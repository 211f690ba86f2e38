"""Run the benchmarks named on the command line, or all: `python -m benchmarks relay flood`."""

from __future__ import annotations

import sys

from benchmarks import flood, imports, load, relay, roads

ALL = {
    "relay": relay.main,
    "load": load.main,
    "flood": flood.main,
    "import": imports.main,
    "roads": roads.main,
}

for name in sys.argv[1:] or ALL:
    if name not in ALL:
        sys.exit(f"no benchmark named {name}; there are {', '.join(ALL)}")
    ALL[name]()
    print()
