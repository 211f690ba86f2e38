"""Foreign files become the record: by a mapping file that says what their columns mean.

found = import_files(["log.xlsx"], "mapping.yaml")
found.log             # the event record
found.unread          # every row that could not be read, with file, sheet, row and reason
"""

from sim.intake.importing import Imported, import_files
from sim.intake.load import load_mapping
from sim.intake.mapping import Mapping
from sim.intake.rows import Unread

__all__ = ["Imported", "Mapping", "Unread", "import_files", "load_mapping"]
