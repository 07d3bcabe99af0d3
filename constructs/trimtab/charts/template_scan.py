"""What a chart's templates say without being followed: what they define, ask of the cluster, and make up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from trimtab.charts.chart_tree import Part
from trimtab.charts.template_asked import find_questions
from trimtab.charts.template_functions import RANDOM
from trimtab.charts.template_lexer import TemplateError, iter_actions
from trimtab.charts.template_parser import parse_template
from trimtab.charts.template_syntax import Node

Body = tuple[Node, ...]

_ASKED = re.compile(r"\.APIVersions\.Has\s*\(?\s*[\"`]([^\"`]+)[\"`]")
"""Also in what is no template by itself: a text that another hands to `tpl`."""
_PARTIAL = "_"


def parse_parts(parts: Sequence[Part]) -> tuple[list[tuple[tuple[str, ...], Body]], Mapping[str, Body]]:
    """Read all templates of a chart and of the charts in it.

    Returns:
        Where the values of each template lie and what it writes; and the templates that can be included, by name: they
        are shared by all charts, and the outermost one's holds. A file that is no template is passed over: helm would
        refuse it.
    """
    bodies: list[tuple[tuple[str, ...], Body]] = []
    named: dict[str, Body] = {}
    for part in parts:
        for path, text in part.iter_templates():
            try:
                template = parse_template(text)
            except TemplateError:
                continue
            for name, body in template.defined:
                named.setdefault(name, body)
            if not part.is_library and not path.rpartition("/")[2].startswith(_PARTIAL):
                bodies.append((part.prefix, template.body))
    return bodies, named


def find_asked(parts: Sequence[Part]) -> list[str]:
    """Give the APIs that templates look for before they write something, sorted."""
    texts = (text for part in parts for _, text in part.iter_templates())
    bodies, named = parse_parts(parts)
    spelled = {asked for text in texts for asked in _ASKED.findall(text)}
    return sorted(spelled | find_questions((body for _, body in bodies), named))


def find_functions(parts: Sequence[Part]) -> set[str]:
    """Give the words in all templates that may be functions."""
    return {word for part in parts for _, text in part.iter_templates() for word in _iter_words(text)}


def uses_lookup(functions: set[str]) -> bool:
    """Say whether templates read the cluster."""
    return "lookup" in functions


def find_random(functions: set[str]) -> list[str]:
    """Give the functions among these whose result differs at each render."""
    return [name for name in RANDOM if name in functions]


def _iter_words(text: str) -> Iterator[str]:
    try:
        for tokens in iter_actions(text):
            yield from (token.value for token in tokens if token.kind == "word")
    except TemplateError:
        return
