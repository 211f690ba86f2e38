"""The after-action report as a Word document, and as PDF where LibreOffice is present.

write_word("aar.docx", log, verdicts, template="unit.docx")
"""

from sim.report.word.pdf import write_pdf
from sim.report.word.report import write_word

__all__ = ["write_pdf", "write_word"]
