"""The trainer's papers: the inject list (MSEL) out, back in and rehearsed; plan and script."""

from sim.exercise.dial import Proposal, difficulty, write_proposal
from sim.exercise.export import export_msel
from sim.exercise.forecast import export_rehearsal
from sim.exercise.importing import Changes, import_msel
from sim.exercise.papers import write_papers
from sim.exercise.rehearsal import Rehearsal, rehearse

__all__ = [
    "Changes",
    "Proposal",
    "Rehearsal",
    "difficulty",
    "export_msel",
    "export_rehearsal",
    "import_msel",
    "rehearse",
    "write_papers",
    "write_proposal",
]
