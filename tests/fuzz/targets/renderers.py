"""The forms in which findings are printed: no name of anybody's can steer a terminal, add a line or break JSON."""

from __future__ import annotations

import json
import re
import unicodedata

from fuzz_support.given import split, to_text
from trimtab.findings.finding import Finding, Place, Related, Severity
from trimtab.findings.renderers import RENDERERS, Page
from trimtab.findings.report import Report

_HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def fuzz(data: bytes) -> None:
    """Put bytes wherever text of the user's may stand in a finding."""
    file, message, key, label, source = (to_text(part) for part in split(data, 5))
    line = 1 + len(data) % 3
    place = Place(file=file, line=line, column=1 + len(key), end_line=line + len(label) % 2, end_column=2 + len(key))
    finding = Finding(
        code="unknown-setting",
        severity=Severity.ERROR,
        message=message,
        help=key,
        path=(key, 1, message),
        place=place,
        label=label,
        related=(Related(message=source, place=place),),
        about=label,
        cluster=key,
    )
    for colour in (False, True):
        page = Page(report=Report((finding,)), sources={file: source}, colour=colour, width=80)
        printed = {name: render(page) for name, render in RENDERERS.items()}
        for name, text in printed.items():
            text.encode()
            _check_harmless(_COLOUR.sub("", text) if colour and name == "text" else text)
        json.loads(printed["json"])
        json.loads(printed["sarif"])
        assert printed["github"].count("\n") == 1


def _check_harmless(text: str) -> None:
    """Allow the signs that join emoji; anything else that is no print and no line break steers a terminal."""
    for char in text:
        assert char in "\n\u200d" or unicodedata.category(char) not in _HARMFUL, repr(char)
