"""The after-action report as PDF, by LibreOffice where it is present."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from sim.files.atomic import write_bytes
from sim.report.word.report import write_word
from sim.word.pdf import convert, office_program

HOUSE_FONTS = Path(__file__).parents[1] / "fonts"


def write_pdf(path: str | Path, *args: Any, **kwargs: Any) -> Path:
    """Write the report of `write_word` as PDF; return its path.

    Raises `MissingProgram` where LibreOffice is not installed, `YanlianError` where it fails.
    """
    program = office_program()
    with tempfile.TemporaryDirectory(prefix="yanlian-pdf-") as folder:
        source = write_word(Path(folder) / "report.docx", *args, **{**kwargs, "live": False})
        write_bytes(path, convert(source, program, HOUSE_FONTS))
    return Path(path)
