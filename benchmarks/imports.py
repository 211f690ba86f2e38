"""How long the import takes in a fresh process, and what it must not bring along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.timing import line, spread

ROOT = Path(__file__).parents[1]
HEAVY = ("matplotlib", "scipy.stats", "jinja2", "IPython")
LIMIT = 0.6
USES = {
    "import sim": "",
    "and load_scenario, run, score": "sim.load_scenario, sim.run, sim.score",
}
CODE = f"""
import sys, time
begin = time.perf_counter()
import sim
USE
print(time.perf_counter() - begin, *[name for name in {HEAVY} if name in sys.modules])
"""


def once(use: str) -> tuple[float, list[str]]:
    """Return seconds, and the heavy modules that came along."""
    command = [sys.executable, "-c", CODE.replace("USE", use)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, *brought = done.stdout.split()
    return float(seconds), brought


def main(count: int = 9) -> None:
    """Print the table."""
    print(f"import: in a fresh process, seconds (target for `import sim`: under {LIMIT})")
    for name, use in USES.items():
        found = [once(use) for _ in range(count)]
        brought = ", ".join(found[0][1]) or "none of them"
        line(name, spread([seconds for seconds, _ in found]))
        line(f"  brings {', '.join(HEAVY)}", brought)


if __name__ == "__main__":
    main()
