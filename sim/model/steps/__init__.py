"""What each kind of step does: one short SimPy generator a file.

`ACTS[kind]` is called as `act(act, step)`; the data of the step stands in the file of the
same name in `sim.scenario.steps`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.model.steps._work import hold
from sim.model.steps.activate import activate
from sim.model.steps.alert import alert
from sim.model.steps.answer import answer
from sim.model.steps.approve import approve
from sim.model.steps.ask_support import ask_support
from sim.model.steps.command import command
from sim.model.steps.consult import consult
from sim.model.steps.dispatch import dispatch
from sim.model.steps.draft import draft
from sim.model.steps.foresee import foresee
from sim.model.steps.grade import grade
from sim.model.steps.hand_over import hand_over
from sim.model.steps.load import load
from sim.model.steps.muster import muster
from sim.model.steps.notify import notify
from sim.model.steps.open_shelter import open_shelter
from sim.model.steps.parallel import parallel
from sim.model.steps.pick import pick
from sim.model.steps.publish import publish
from sim.model.steps.reconcile import reconcile
from sim.model.steps.record import record
from sim.model.steps.repeat import repeat
from sim.model.steps.request import request
from sim.model.steps.return_ import return_
from sim.model.steps.review import review
from sim.model.steps.send import send
from sim.model.steps.serve import serve
from sim.model.steps.sign import sign
from sim.model.steps.stand_up import stand_up
from sim.model.steps.start import start
from sim.model.steps.stock_take import stock_take
from sim.model.steps.terminate import terminate
from sim.model.steps.travel import travel
from sim.model.steps.unload import unload
from sim.model.steps.verify import verify
from sim.model.steps.wait import wait
from sim.model.steps.wait_for import wait_for
from sim.model.steps.work import work
from sim.scenario.steps import StepData
from sim.scenario.steps import register as register_data

__all__ = ["ACTS", "hold", "register", "register_step"]

ACTS: dict[str, Callable[..., Any]] = {
    "activate": activate,
    "alert": alert,
    "answer": answer,
    "approve": approve,
    "ask_support": ask_support,
    "command": command,
    "consult": consult,
    "dispatch": dispatch,
    "draft": draft,
    "foresee": foresee,
    "grade": grade,
    "hand_over": hand_over,
    "load": load,
    "muster": muster,
    "notify": notify,
    "open_shelter": open_shelter,
    "parallel": parallel,
    "pick": pick,
    "publish": publish,
    "reconcile": reconcile,
    "record": record,
    "repeat": repeat,
    "request": request,
    "return": return_,
    "review": review,
    "send": send,
    "serve": serve,
    "sign": sign,
    "stand_up": stand_up,
    "start": start,
    "stock_take": stock_take,
    "terminate": terminate,
    "travel": travel,
    "unload": unload,
    "verify": verify,
    "wait": wait,
    "wait_for": wait_for,
    "work": work,
}


def register(kind: str, act: Callable[..., Any]) -> None:
    """Add the act of a kind of step that `sim.scenario.steps.register` has added as data."""
    if kind in ACTS and ACTS[kind] is not act:
        raise ValueError(f"an act for steps of kind {kind!r} exists already")
    ACTS[kind] = act


def register_step(kind: type[StepData], act: Callable[..., Any]) -> None:
    """Add a kind of step of your own: its data, and what it does.

    `kind` is a class below `sim.scenario.steps.Work` (takes an officer for a time) or `StepData`;
    its `kind` is the word that scenarios write.  `act(act, step)` is a generator;
    `yield from hold(act, step, span)` asks for an officer of the post, works and lets him go, and
    writes the rows.  Raises `ValueError` for a word that is taken, and for work whose `activity`
    is no word of the record.
    """
    register_data(kind)
    register(kind.kind, act)
