"""Chinese on the site: found by the search without a dictionary, and joined over line ends."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.search.zh import SearchChinese

HAN = "\u3400-\u9fff"
RUN = re.compile(f"[{HAN}]{{2,}}")
SIGN = re.compile("[\u3000-\u303f\uff00-\uffef]")  # punctuation that brings its own space


class Pairs(SearchChinese):
    """Words are every two neighbouring signs; what is asked for is taken apart in the same way."""

    language_name = "English"  # whose stemmer the page uses, for Latin words
    js_splitter_code = """
var splitQuery = (query) =>
  (query.match(/[\\u3400-\\u9fff]+|[A-Za-z0-9_]+/g) || []).flatMap((run) =>
    /^[\\u3400-\\u9fff]{3}/.test(run)
      ? Array.from({length: run.length - 1}, (_, k) => run.slice(k, k + 2))
      : [run]);
"""

    def split(self, input: str) -> list[str]:
        """Return the pairs of Chinese signs and the Latin words of a text."""
        pairs = [run[k : k + 2] for run in RUN.findall(input) for k in range(len(run) - 1)]
        latin = self.latin1_letters.findall(input)
        self.latin_terms.update(latin)
        return pairs + latin


def join_lines(app, doctree) -> None:
    """Take out the line ends within Chinese: a browser would show each as a space."""
    for end in list(doctree.findall(lambda node: isinstance(node, nodes.Text) and node == "\n")):
        place, whole = end.parent.index(end), end.parent.children
        if not 0 < place < len(whole) - 1:
            continue
        around = whole[place - 1], whole[place + 1]
        last, first = around[0].astext()[-1:], around[1].astext()[:1]
        han = all(re.match(f"[{HAN}]", sign) for sign in (last, first))
        if han or SIGN.match(last) or SIGN.match(first):
            end.parent.remove(end)
