"""The ledger of a plan: respond, activate, execute, terminate, each a row as it happens."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.things import Response
from sim.scenario.plans import ResponsePlan


def plan_of(act: Act, plan: str) -> ResponsePlan:
    """Return a plan; one that the scenario does not describe binds nobody."""
    return act.world.scenario.plans.get(plan) or ResponsePlan()


def responds(act: Act, plan: str) -> Response:
    """Return how the actor's response under a plan stands; he begins to act on it if need be."""
    responses = act.dossier.responses
    if plan not in responses:
        responses[plan] = Response()
        act.write("respond", "", "", plan)
    return responses[plan]


def executes(act: Act) -> None:
    """Write that the actor's plans are carried out, at the first measure after activation."""
    for plan, response in act.dossier.responses.items():
        if response.level and not response.executed:
            response.executed = True
            act.write("execute", "", "", plan, extra={"level": response.level})
