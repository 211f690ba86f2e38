"""A mistake in the scorer, for the length of a test: one change in the text of one module."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType, FunctionType


def functions(module) -> Iterator[FunctionType]:
    """The functions of a module and the methods of its classes."""
    for thing in vars(module).values():
        if getattr(thing, "__module__", "") != module.__name__:
            continue
        members = vars(thing).values() if inspect.isclass(thing) else [thing]
        for one in members:
            one = getattr(one, "fget", getattr(one, "func", one))
            if isinstance(one, FunctionType):
                yield one


def codes(code: CodeType) -> dict[str, CodeType]:
    found = {code.co_qualname: code}
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            found |= codes(constant)
    return found


@contextmanager
def mutated(name: str, old: str, new: str):
    """Let the functions of a module be those of its text with one change."""
    module = importlib.import_module(f"sim.rules.{name}")
    text = inspect.getsource(module)
    assert text.count(old) == 1, f"{name}: {old!r} stands there {text.count(old)} times"
    changed = codes(compile(text.replace(old, new), module.__file__, "exec"))
    kept = [(function, function.__code__) for function in functions(module)]
    try:
        for function, code in kept:
            if code.co_qualname in changed:
                function.__code__ = changed[code.co_qualname]
        yield
    finally:
        for function, code in kept:
            function.__code__ = code
