"""A YAML parser's refusal, said so that the person who wrote the file can act on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yaml.error import Mark, MarkedYAMLError, YAMLError

from trimtab.documents.document import Ruler
from trimtab.documents.source import Source
from trimtab.findings.finding import Finding, Related, Severity

_HELP = {
    "mapping values are not allowed in this context": (
        "put quotes around a value that holds ': ', and check that this line is indented like its neighbours"
    ),
    "could not find expected ':'": "every line of a mapping is `key: value`; put quotes around text of several lines",
    "did not find expected key": "check the indentation, and that every quote and bracket is closed",
    "did not find expected '-' indicator": "indent all items of a list alike",
    "found character that cannot start any token": "put quotes around a value that starts with this character",
    "found unexpected end of stream": "close the quote",
    "found undefined tag handle": "put quotes around a value that starts with '!'",
    "did not find expected alphabetic or numeric character": "put quotes around a value that starts with '*' or '&'",
    "did not find expected ',' or ']'": "close the list with ']', with ',' between its items",
    "did not find expected ',' or '}'": "close the mapping with '}', with ',' between its entries",
}


@dataclass(frozen=True, slots=True)
class _Point:
    mark: Any

    @property
    def start_mark(self) -> Any:
        return self.mark

    @property
    def end_mark(self) -> Any:
        return self.mark


def explain_syntax(error: YAMLError, source: Source) -> Finding:
    """Turn the parser's error into a finding; a tab used for indentation is told apart."""
    if not isinstance(error, MarkedYAMLError):
        error = MarkedYAMLError(problem=str(error))
    mark = error.problem_mark or error.context_mark or Mark("", 0, 0, 0, None, 0)
    place = source.ruler.measure(_Point(mark))
    problem = error.problem or "the text ends too early"
    if _is_tab_indentation(problem, source.text, mark.index):
        return Finding(
            code="tab-indentation",
            severity=Severity.ERROR,
            message="tab used for indentation",
            help="indent with spaces",
            place=place,
        )
    return Finding(
        code="not-yaml",
        severity=Severity.ERROR,
        message=f"not valid YAML: {problem}",
        help=_HELP.get(problem),
        place=place,
        related=_context(error, source.ruler),
    )


def _is_tab_indentation(problem: str, text: str, index: int) -> bool:
    """The parser often stops just after the tab, so all white space around the point counts."""
    if "tab character" in problem:
        return True
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    line = text[start : index + 1]
    return "\t" in line and not line.strip(" \t-?:")


def _context(error: MarkedYAMLError, ruler: Ruler) -> tuple[Related, ...]:
    mark = error.context_mark
    if mark is None or not error.context:
        return ()
    return (Related(message=error.context, place=ruler.measure(_Point(mark))),)
