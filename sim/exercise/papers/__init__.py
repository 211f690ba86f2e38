"""The papers of a drill: plan, script, sheets of evaluators, forms, roster, contacts, checklist.

write_papers("scenarios/hotel-fire.yaml", "out/papers")
"""

from sim.exercise.papers.write import write_papers

__all__ = ["write_papers"]
