"""The forms a report can be printed in, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from trimtab import __version__
from trimtab.findings.code import Code
from trimtab.findings.render_github import render_github
from trimtab.findings.render_json import render_json
from trimtab.findings.render_sarif import render_sarif
from trimtab.findings.render_text import render_text
from trimtab.findings.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that a renderer may need; each takes what it uses."""

    report: Report
    sources: Mapping[str, str] = field(default_factory=dict)
    """The text of each file by the path that places name."""
    colour: bool = False
    width: int | None = None
    """Columns of the screen, where there is one."""
    codes: Mapping[str, Code] = field(default_factory=dict)
    """What codes stand for."""


Renderer = Callable[[Page], str]


def _render_text_page(page: Page) -> str:
    return render_text(page.report, page.sources, colour=page.colour, width=page.width)


RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {
        "text": _render_text_page,
        "json": lambda page: render_json(page.report),
        "sarif": lambda page: render_sarif(page.report, page.codes, __version__),
        "github": lambda page: render_github(page.report),
    }
)
"""A renderer a name; the first is the default."""
