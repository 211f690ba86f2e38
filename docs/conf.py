"""The documentation site: guides by job, notebooks with their results, the public interface.

Built by `python3 tasks.py docs`; needs nothing from a network once built.
"""

import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS.parent), str(DOCS)]

from chinese import Pairs, join_lines  # noqa: E402
from pygments.lexers.special import TextLexer  # noqa: E402
from sphinx.search import languages  # noqa: E402

from sim import __version__  # noqa: E402
from sim.lab.folder import copy_to  # noqa: E402

copy_to(DOCS / "_lab")  # notebooks and scenarios as `yanlian lab` gives them to people

project = "演练 Yanlian"
author = "Yanlian"
project_copyright = "Yanlian, Apache-2.0"
release = __version__
language = "zh_CN"

extensions = ["myst_nb", "sphinx.ext.autodoc"]
exclude_patterns = ["_build", "_lab/scenarios", "**/.ipynb_checkpoints"]
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "none"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]

nb_execution_mode = "cache"
nb_execution_cache_path = str(DOCS / "_build" / ".jupyter_cache")
nb_execution_excludepatterns = ["07-*"]  # sliders need a kernel that listens
nb_execution_timeout = 900
nb_execution_raise_on_error = True
nb_execution_show_tb = True
nb_ipywidgets_js = {}  # else every page would load it from a network

html_theme = "furo"
html_title = f"演练 Yanlian {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_show_search_summary = False  # a page opened from a disk may not read others


def setup(app):
    """Chinese as it is read and searched; blocks of CSV are plain text."""
    languages["zh"] = Pairs
    app.connect("doctree-read", join_lines)
    app.add_lexer("csv", TextLexer)
