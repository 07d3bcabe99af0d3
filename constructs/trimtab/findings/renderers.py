"""The forms a report can be printed in, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from trimtab import __version__
from trimtab.findings.code import Code
from trimtab.findings.finding import Finding
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
    allowed: tuple[Finding, ...] = ()
    """What was found and allowed, with the reasons."""
    exit_code: int = 0
    """The exit code that the run ends with."""


Renderer = Callable[[Page], str]

# a run prints in one form, so that each brings its own module


def _render_text_page(page: Page) -> str:
    from trimtab.findings.render_text import render_text

    return render_text(page.report, page.sources, colour=page.colour, width=page.width)


def _render_json_page(page: Page) -> str:
    from trimtab.findings.render_json import render_json

    return render_json(page.report)


def _render_github_page(page: Page) -> str:
    from trimtab.findings.render_github import render_github

    return render_github(page.report)


def _render_sarif_page(page: Page, allowed: tuple[Finding, ...] = ()) -> str:
    from trimtab.findings.render_sarif import Given, render_sarif

    given = Given(
        sources=page.sources, codes=page.codes, version=__version__, exit_code=page.exit_code, allowed=allowed
    )
    return render_sarif(page.report, given)


RENDERERS: Mapping[str, Renderer] = MappingProxyType(
    {
        "text": _render_text_page,
        "json": _render_json_page,
        "sarif": _render_sarif_page,
        "sarif-all": lambda page: _render_sarif_page(page, page.allowed),
        "github": _render_github_page,
    }
)
"""A renderer a name; the first is the default."""
