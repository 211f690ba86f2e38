"""What an officer is like: may not answer, is rung up if on call, is slower when tired."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Steps
from sim.model.pool import Grant, Member


class Dropped(Exception):
    """A step was interrupted and nobody goes on with it."""


def is_called(member: Member) -> bool:
    """Return whether he is not present but on call."""
    return member.duty is not None and member.duty.on_call


def reach(act: Act, member: Member, stream: str) -> Steps:
    """Ring up somebody who is on call; the caller writes the row that ends this time."""
    seconds = act.sample(member.duty.post.reach, f"{stream}/reach")
    if seconds:
        yield act.world.pause(seconds)


def fetch(act: Act, grant: Grant, stream: str) -> Steps:
    """Wait for a grant and ring up who is on call; return (span, held_by) of what he does first."""
    span, held_by, member = "", None, grant.member
    if grant.event is not None:
        yield grant.event
        span, held_by, member = "waiting_person", grant.held_by, grant.member
    if is_called(member):
        if span:
            act.write("wait", "ended", span, member.id, "", held_by)
        yield from reach(act, member, stream)
        span, held_by = "waiting_person", None
    return span, held_by


def pace(act: Act, member: Member) -> float:
    """Return by how much longer work takes that he begins now: the factor of his fatigue."""
    post = member.duty.post if member.duty is not None else None
    if post is None or post.fatigue is None:
        return 1.0
    tired = act.world.now - member.duty.since >= post.fatigue.after
    return float(post.fatigue.factor) if tired else 1.0


def answers(act: Act, pool: str, stream: str) -> bool:
    """Return whether anybody at the post answers when it is rung for the act's matter."""
    post = act.world.plan.posts.get(pool)
    if post is None or post.answers >= 1:
        return True
    return act.chance(post.answers, f"{stream}/answers")
