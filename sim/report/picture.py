"""`Picture`: a matplotlib figure that shows itself once in a notebook and leaks no state."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from sim.report.style import figure_style

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Picture(Figure):
    """A figure outside pyplot, drawn and saved in the style of this package.

    As the last value of a notebook cell it shows itself once, whether or not the session
    uses `%matplotlib inline`.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        FigureCanvasAgg(self)

    def savefig(self, fname: Any, **kwargs: Any) -> None:
        """Save as matplotlib does; SVG files carry no date, so equal pictures are equal bytes."""
        name = str(kwargs.get("format") or getattr(fname, "suffix", "") or fname)
        if name.endswith("svg"):
            kwargs.setdefault("metadata", {"Date": None})
        with figure_style():
            super().savefig(fname, **kwargs)

    def _repr_png_(self) -> bytes:
        return self.png(dpi=110)

    def png(self, dpi: float = 160) -> bytes:
        """Return the picture as PNG."""
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", dpi=dpi)
        return buffer.getvalue()

    def svg(self) -> str:
        """Return the picture as SVG text without XML head, glyphs drawn as paths.

        Control signs, which XML cannot hold, are left out.
        """
        buffer = io.StringIO()
        self.savefig(buffer, format="svg")
        text = _NOT_XML.sub("", buffer.getvalue())
        return text[text.index("<svg") :]

    def data_uri(self) -> str:
        """Return the picture as `data:image/svg+xml;base64,…`, for a self-contained page."""
        code = base64.b64encode(self.svg().encode()).decode()
        return f"data:image/svg+xml;base64,{code}"
