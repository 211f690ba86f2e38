"""Evaluators' judgements: a form out to be filled in, and back with every mistake by its cell.

write_sheets("sheets.xlsx", Drill(name="Chemical leak"))
read_ratings(["a.xlsx", "b.xlsx"]).remarks

They stand beside the verdicts in reports and are never mixed into them.
"""

from sim.intake.ratings.form import form
from sim.intake.ratings.read import By, Rating, Ratings, Remark, read_ratings
from sim.intake.ratings.write import Drill, write_sheets

__all__ = [
    "By",
    "Drill",
    "Rating",
    "Ratings",
    "Remark",
    "form",
    "read_ratings",
    "write_sheets",
]
