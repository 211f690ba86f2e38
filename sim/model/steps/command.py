"""Take the command on site."""

from __future__ import annotations

from sim.model.act import Act
from sim.model.plan import Bound, Steps
from sim.model.pool import Member, Pool, release
from sim.model.response import executes
from sim.model.steps._meeting import Seats, gather, part, sit_down
from sim.model.world import World


def command(act: Act, step: Bound) -> Steps:
    """Set up the on-site command, or take it over from who is subordinate.

    One at a time: while somebody sets it up or takes it over, the next one waits, and holds
    nobody.  The row `command` says who commands from now on, and after whom (`recipient`).
    """
    world, incident = act.world, act.matter.incident
    act.write("command", "asked")
    act.doing = "waiting_others"
    grant = act.ask(_turn(world, incident))
    if grant.event is not None:
        yield grant.event
        act.write(
            "wait", "ended", "waiting_others", act.held.id if act.held else "", "", grant.held_by
        )
    holder = world.command.get(incident, "")
    if holder and not _is_subordinate(world, holder, act.actor):
        row = act.write("cancelled", extra={"reason": "commanded"})
    else:
        there: Seats = []
        yield from sit_down(act, step, step.pool, None, there)
        if holder in world.scenario.offices:
            yield from gather(act, step, [holder], there)
        act.doing = "taking_command"
        seconds = act.seconds(step)
        if seconds:
            yield world.pause(seconds)
        part(step, there, "taking_command")
        place = step.data.place or world.scenario.incidents[incident].place
        executes(act)
        row = act.write("command", "", "", "", holder, extra={"place": place})
        world.command[incident] = act.actor
        world.happens("commanded", act.actor, act.matter, row)
    release(grant.member, row)


def _turn(world: World, incident: str) -> str:
    """Return the pool of whose one member may settle who commands now."""
    name = f"incident/{incident}/command"
    if name not in world.pools:
        world.pools[name] = Pool(world.env, name, [Member(name)])
    return name


def _is_subordinate(world: World, holder: str, actor: str) -> bool:
    """Return whether `actor` stands above `holder`; a team without superior is under any office."""
    offices, teams = world.scenario.offices, world.scenario.teams
    if holder in teams and teams[holder].superior is None:
        return actor in offices
    seen: list[str] = []
    above = (offices.get(holder) or teams[holder]).superior
    while above and above not in seen:
        if above == actor:
            return True
        seen.append(above)
        above = offices[above].superior
    return False
