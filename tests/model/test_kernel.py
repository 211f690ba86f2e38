"""The shorter loop against SimPy's own: same events, same order, same failures."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from simpy import Environment, Event
from simpy.events import Timeout

from sim.model.kernel import Kernel

UNTIL = 12


def trace(env: Environment, seed: int) -> list[tuple[int, str]]:
    """Let random processes wait 0, 1 or 2 s, start others, wait for each other and give up.

    Under our loop whole seconds are waited for by their number, under SimPy's own by a timeout.
    """
    rng = random.Random(seed)
    told: list[tuple[int, str]] = []
    bells = [Event(env) for _ in range(3)]

    def pause() -> Any:
        seconds = rng.randint(0, 2)
        return seconds if isinstance(env, Kernel) else Timeout(env, seconds)

    def work(name: str, depth: int, over: Event) -> Iterator[Any]:
        for k in range(rng.randint(1, 4)):
            told.append((env.now, f"{name}.{k}"))
            what = rng.randrange(6)
            if what < 2 and depth < 3:
                others = Event(env)
                env.process(work(f"{name}{k}", depth + 1, others))
                yield others if what else pause()
            elif what == 2:
                bell = rng.choice(bells)
                yield bell | Timeout(env, rng.randint(0, 2))
            elif what == 3 and not bells[0].triggered:
                bells[0].succeed()
                yield Timeout(env, 0)
            elif what == 4 and bells[0].triggered:
                yield bells[0]
            else:
                yield pause()
        told.append((env.now, f"{name}!"))
        over.succeed()

    for k in range(4):
        env.process(work(f"p{k}", 0, Event(env)))
    if isinstance(env, Kernel):
        env.run_through(UNTIL)
    else:
        stop = Event(env)
        stop._ok, stop._value = True, None
        env.schedule(stop, priority=0, delay=UNTIL + 1)  # type: ignore[arg-type]
        env.run(until=stop)
    return [*told, (env.now, "end")]


@pytest.mark.parametrize("seed", range(200))
def test_random_processes_run_as_under_simpys_own_loop(seed: int) -> None:
    assert trace(Kernel(), seed) == trace(Environment(), seed)


def test_what_fails_unheard_stops_the_run_with_its_error() -> None:
    env = Kernel()

    def fails() -> Iterator[Any]:
        yield 3
        raise LookupError("lost")

    env.process(fails())
    with pytest.raises(LookupError, match="lost"):
        env.run_through(UNTIL)
    assert env.now == 3


def test_a_failure_that_is_caught_stops_nothing() -> None:
    env, heard = Kernel(), []
    wire = Event(env)

    def fails() -> Iterator[Any]:
        yield 3
        wire.fail(LookupError("lost"))

    def waits() -> Iterator[Any]:
        try:
            yield wire
        except LookupError as error:
            heard.append((env.now, str(error)))

    env.process(waits())
    env.process(fails())
    env.run_through(UNTIL)
    assert heard == [(3, "lost")]
    assert env.now == UNTIL + 1


def test_nobody_waits_until_before_now() -> None:
    env = Kernel()

    def waits() -> Iterator[Any]:
        yield -1

    env.process(waits())
    with pytest.raises(ValueError, match="-1"):
        env.run_through(UNTIL)
