"""A setting that may be written in several forms: the nearest one is told."""

from __future__ import annotations

from typing import Any

import pytest

from trimtab.findings.finding import Finding
from trimtab.settings.check import check_settings
from trimtab.settings.schemas import build_validator

ACME = {
    "type": "object",
    "properties": {"email": {"type": "string"}, "days": {"type": "integer", "minimum": 1}},
    "required": ["email"],
    "additionalProperties": False,
}
FILE = {
    "type": "object",
    "properties": {"kind": {"const": "file"}, "path": {"type": "string"}, "mode": {"type": "string"}},
    "required": ["kind", "path"],
    "additionalProperties": False,
}


def check_issuer(merge: Any, text: str, *forms: dict[str, Any]) -> Finding:
    """Check a setting that may have any of these forms."""
    schema = {"type": "object", "properties": {"issuer": {"anyOf": list(forms)}}}
    (finding,) = check_settings(merge(text), build_validator(schema))
    return finding


def test_the_form_with_the_right_type_comes_nearest(merge):
    """A mapping was written, so the mapping's mistake is told, and that there is another form."""
    finding = check_issuer(merge, "issuer: {email: a, day: 3}", {"type": "string"}, ACME)
    assert (finding.code, finding.message) == ("unknown-setting", "unknown setting 'day' of 'issuer'")
    assert finding.help == "did you mean 'days'?; or write it in the other form it may have"


def test_a_fixed_value_tells_forms_apart(merge):
    """Of two mappings, the one whose kind was written is meant, though it has as many mistakes."""
    finding = check_issuer(merge, "issuer: {kind: file, path: 3}", ACME, FILE, {"type": "integer"})
    assert finding.path == ("issuer", "path")
    assert finding.help is not None
    assert finding.help.endswith("or write it in one of the 2 other forms it may have")


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_a_value_of_no_form_is_told_all_types(merge, keyword):
    """When no form has this type, all types are named once."""
    forms = [{"type": "string"}, {"type": "integer"}, ACME]
    schema = {"type": "object", "properties": {"issuer": {keyword: forms}}}
    (finding,) = check_settings(merge("issuer: [1]"), build_validator(schema))
    assert finding.message == "'issuer' has to be text, a whole number or a mapping, and is a list"


def test_a_keyword_without_words_is_still_told(merge):
    """A schema of somebody else may refuse by anything; nothing is lost."""
    schema = {"type": "object", "properties": {"port": {"multipleOf": 2}}}
    (finding,) = check_settings(merge("port: 3"), build_validator(schema))
    assert (finding.code, finding.path) == ("refused-setting", ("port",))
