"""The kinds of step that a procedure can be made of, each one file of data.

What a step does stands in the file of the same name in `sim.model.steps`.
"""

from sim.scenario.steps.activate import Activate
from sim.scenario.steps.alert import Alert
from sim.scenario.steps.answer import Answer
from sim.scenario.steps.approve import Approve
from sim.scenario.steps.ask_support import AskSupport
from sim.scenario.steps.base import KINDS, Step, StepData, Work, register
from sim.scenario.steps.command import Command
from sim.scenario.steps.consult import Consult
from sim.scenario.steps.dispatch import Dispatch
from sim.scenario.steps.draft import Draft
from sim.scenario.steps.foresee import Foresee
from sim.scenario.steps.grade import Grade
from sim.scenario.steps.hand_over import HandOver
from sim.scenario.steps.load import Load
from sim.scenario.steps.muster import Muster
from sim.scenario.steps.notify import Notify
from sim.scenario.steps.open_shelter import OpenShelter
from sim.scenario.steps.parallel import Parallel
from sim.scenario.steps.pick import Pick
from sim.scenario.steps.publish import Publish
from sim.scenario.steps.reconcile import Reconcile
from sim.scenario.steps.record import Record
from sim.scenario.steps.repeat import Repeat
from sim.scenario.steps.request import Request
from sim.scenario.steps.return_ import Return
from sim.scenario.steps.review import Review
from sim.scenario.steps.send import Send
from sim.scenario.steps.serve import Serve
from sim.scenario.steps.sign import Sign
from sim.scenario.steps.stand_up import StandUp
from sim.scenario.steps.start import Start
from sim.scenario.steps.stock_take import StockTake
from sim.scenario.steps.terminate import Terminate
from sim.scenario.steps.travel import Travel
from sim.scenario.steps.unload import Unload
from sim.scenario.steps.verify import Verify
from sim.scenario.steps.wait import Wait
from sim.scenario.steps.wait_for import WaitFor
from sim.scenario.steps.work import WorkOnSite

__all__ = ["KINDS", "Dispatch", "Step", "StepData", "Work", "register"]

for _kind in (
    Activate,
    Alert,
    Answer,
    Approve,
    AskSupport,
    Command,
    Consult,
    Dispatch,
    Draft,
    Foresee,
    Grade,
    HandOver,
    Load,
    Muster,
    Notify,
    OpenShelter,
    Parallel,
    Pick,
    Publish,
    Reconcile,
    Record,
    Repeat,
    Request,
    Return,
    Review,
    Send,
    Serve,
    Sign,
    StandUp,
    Start,
    StockTake,
    Terminate,
    Travel,
    Unload,
    Verify,
    Wait,
    WaitFor,
    WorkOnSite,
):
    register(_kind)
