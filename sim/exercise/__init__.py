"""The trainer's papers: the inject list (MSEL) of a drill, out and back in."""

from sim.exercise.export import export_msel
from sim.exercise.importing import Changes, import_msel

__all__ = ["Changes", "export_msel", "import_msel"]
