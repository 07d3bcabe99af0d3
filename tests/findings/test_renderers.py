"""The table of renderers."""

from __future__ import annotations

import pytest

from trimtab.findings.finding import Finding
from trimtab.findings.render_text import render_text
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report


def test_names() -> None:
    """The names that `--format` takes are API; the first is the default."""
    assert list(RENDERERS) == ["text", "json", "sarif", "sarif-all", "github"]


@pytest.mark.parametrize("name", RENDERERS)
def test_each_names_the_code(name: str, unknown_setting: Finding) -> None:
    """Every form says which mistake it is, and ends its last line."""
    text = RENDERERS[name](Page(report=Report((unknown_setting,))))
    assert "unknown-setting" in text
    assert text.endswith("\n")


def test_text_is_given_the_whole_page(unknown_setting: Finding, sources: dict[str, str]) -> None:
    """Sources, colour and width reach the renderer for people."""
    report = Report((unknown_setting,))
    page = Page(report=report, sources=sources, colour=True, width=25)
    assert RENDERERS["text"](page) == render_text(report, sources, colour=True, width=25)
