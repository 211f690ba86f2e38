"""See in time that another report will be late."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from sim.scenario.base import RefersTo
from sim.scenario.steps.base import Step, StepData
from sim.scenario.units import Duration


class Foresee(StepData):
    """At `decide_at` reckon when `procedure` will be through; do `steps` if that is too late.

    Too late means: later than `expected_after`.  Both count from the beginning of this
    procedure.  The office reckons with the mean times of the steps that are left; whether
    somebody will be free it does not know.  If the procedure is through already, nothing is
    done.  The numbers are the office's own belief, not a rule.
    """

    kind: ClassVar[str] = "foresee"
    procedure: Annotated[str, RefersTo("procedures")]
    decide_at: Duration
    expected_after: Duration
    steps: Annotated[list[Step], Field(min_length=1)]
