"""The assignment against every way to pair rows, tried out one by one."""

from __future__ import annotations

from itertools import combinations, permutations
from random import Random

from sim.joining.assign import assigned

WINDOW = 30


def every_way(n: int, m: int):
    """All sets of pairs in which nobody has two partners."""
    for size in range(min(n, m) + 1):
        for left in combinations(range(n), size):
            for right in permutations(range(m), size):
                yield list(zip(left, right, strict=True))


def cost(pairs, n: int, m: int, differences) -> float:
    """Squares, half of the window squared for who is left alone, a quarter for each value."""
    total = (n + m - 2 * len(pairs)) * WINDOW**2 / 2
    for i, k in pairs:
        seconds, values, _ = differences[i][k]
        total += seconds**2 + values * WINDOW**2 / 4
    return total


def test_no_way_to_pair_rows_costs_less() -> None:
    random = Random(3)
    decided = 0
    for _ in range(300):
        n, m = random.randint(0, 4), random.randint(1, 4)
        differences = [
            [random.choice((None, (random.randint(-45, 45), random.choice((0, 0, 1, 2)), 0)))
             for _ in range(m)] for _ in range(n)
        ]  # fmt: skip
        found = assigned(
            [{"n": i} for i in range(n)],
            [{"n": k} for k in range(m)],
            lambda a, b, table=differences: table[a["n"]][b["n"]],
            WINDOW,
        )
        possible = [
            pairs
            for pairs in every_way(n, m)
            if all(differences[i][k] and abs(differences[i][k][0]) <= WINDOW for i, k in pairs)
        ]
        assert found in [sorted(pairs) for pairs in possible]
        best = min(cost(pairs, n, m, differences) for pairs in possible)
        # One unit of a square apart: a pair that is as good as none is taken.
        assert cost(found, n, m, differences) <= best + len(found)
        decided += len(found)
    assert decided > 100
