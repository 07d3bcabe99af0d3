"""Rules of definitions are evaluated as the API server evaluates them."""

from __future__ import annotations

from typing import Any

import pytest

from custom_support.made import (
    NUMBER,
    TEXT,
    codes,
    complaints,
    definition,
    listed,
    mapping,
    ruled,
    say,
    unchecked,
    widget,
)
from trimtab.verify.complaint import Complaint
from trimtab.verify.custom import judging

FEW = {"rule": "self.a < self.b", "message": "a must be less than b."}


def test_the_words_of_the_rule_are_shown() -> None:
    """Whoever wrote the definition knows best what is wrong."""
    (one,) = complaints(ruled(mapping(a=NUMBER, b=NUMBER), FEW), {"a": 2, "b": 1})
    assert (one.code, one.path) == ("refused-by-rule", ("spec",))
    assert one.message == "Widget.example.org w is refused at spec: a must be less than b"
    assert one.help == "the rule is self.a < self.b"


def test_words_can_be_worked_out() -> None:
    """An expression for the message goes before the message, unless it fails."""
    rule = {"rule": "self.a < 1", "message": "plain", "messageExpression": "'a is %d'.format([self.a])"}
    (one,) = complaints(ruled(mapping(a=NUMBER), rule), {"a": 2})
    assert one.message.endswith(": a is 2")
    (other,) = complaints(ruled(mapping(a=NUMBER), {**rule, "messageExpression": "self.gone"}), {"a": 2})
    assert other.message.endswith(": plain")


def test_a_rule_can_point_at_a_field() -> None:
    """`fieldPath` leads below what the rule is about."""
    (one,) = complaints(ruled(mapping(a=NUMBER, b=NUMBER), {**FEW, "fieldPath": ".a"}), {"a": 2, "b": 1})
    assert one.path == ("spec", "a")


def test_rules_hold_for_items_and_free_names() -> None:
    """Each value is asked by itself, at its own path."""
    text = ruled(TEXT, "self.startsWith('x')")
    (one,) = complaints(mapping(names=listed(text)), {"names": ["xa", "b"]})
    (two,) = complaints(mapping(names={"type": "object", "additionalProperties": text}), {"names": {"k": "b"}})
    assert (one.path, two.path) == (("spec", "names", 1), ("spec", "names", "k"))


def test_rules_of_the_whole_see_its_name() -> None:
    """apiVersion, kind and metadata are there whether the schema names them or not."""
    root = ruled({}, "self.metadata.name == 'default' && self.kind == 'Widget'")
    (one,) = say(definition(mapping(), root=root), widget({}))
    assert isinstance(one, Complaint)


@pytest.mark.parametrize(
    ("schema", "value", "rule"),
    [
        (
            mapping(**{"a-b": TEXT, "namespace": TEXT}),
            {"a-b": "x", "namespace": "y"},
            "self.a__dash__b != self.__namespace__",
        ),
        (mapping(n={"type": "number"}), {"n": 3}, "self.n * 2.0 == 6.0"),
        (mapping(n={"x-kubernetes-int-or-string": True}), {"n": "5%"}, "type(self.n) == string && self.n == '5%'"),
        (
            mapping(t={**TEXT, "format": "date-time"}),
            {"t": "2026-01-31T12:00:00Z"},
            "self.t < timestamp('2027-01-01T00:00:00Z')",
        ),
        (mapping(d={**TEXT, "format": "duration"}), {"d": "10s"}, "self.d > duration('2s')"),
        (mapping(b={**TEXT, "format": "byte"}), {"b": "eHg="}, "self.b == b'xx'"),
        (mapping(a=TEXT), {}, "!has(self.a) && self.?a.orValue('x') == 'x'"),
        (mapping(a={**TEXT, "nullable": True}), {"a": None}, "has(self.a) && self.a == null"),
    ],
)
def test_values_have_the_types_of_their_schema(schema: dict[str, Any], value: object, rule: str) -> None:
    """What a rule reads is named and typed as the API server has it."""
    assert codes(ruled(schema, rule), value) == []
    assert unchecked(ruled(schema, rule), value) == []
    assert codes(ruled(schema, f"!({rule})"), value) == ["refused-by-rule"]


def test_rules_are_not_asked_where_the_schema_refuses() -> None:
    """The API server asks a rule only when the structure is right."""
    assert codes(ruled(mapping(a=NUMBER), "self.a > 5"), {"a": "x"}) == ["wrong-field-type"]


def test_nulls_are_nothing_to_rules() -> None:
    """A rule on a field that may be null is not asked about null."""
    assert codes(mapping(a=ruled({**TEXT, "nullable": True}, "false")), {"a": None}) == []


def test_rules_about_a_change_are_told_as_not_evaluated() -> None:
    """Nothing says what the object was; a rule that only names oldSelf in a text is no such rule."""
    assert codes(ruled(mapping(a=NUMBER), "self.a == oldSelf.a"), {"a": 1}) == []
    assert unchecked(ruled(mapping(a=NUMBER), "self.a == oldSelf.a"), {"a": 1})[0].startswith("rules that compare")
    assert unchecked(ruled(mapping(a=TEXT), "self.a != 'oldSelf'"), {"a": "x"}) == []


def test_a_rule_that_takes_no_past_is_asked_without_one() -> None:
    """With optionalOldSelf, a new object has nothing before it."""
    rule = {"rule": "oldSelf.hasValue() || self.a == 1 // new", "optionalOldSelf": True}
    assert codes(ruled(mapping(a=NUMBER), rule), {"a": 1}) == []
    assert codes(ruled(mapping(a=NUMBER), rule), {"a": 2}) == ["refused-by-rule"]


def test_a_missing_field_refuses_as_it_does_there() -> None:
    """A rule that reads what is not there ends in an error, and the API server refuses the object for it."""
    (one,) = complaints(ruled(mapping(a=NUMBER), "self.a > 1"), {})
    assert 'Key not found in map : "a"' in one.message


@pytest.mark.parametrize(
    "rule", ["self.nothing(", "noSuchFunction(self.a)", "self.a + 'x' == 'y'", "self.a", "self.all(i, v, i < 3)"]
)
def test_what_cannot_be_evaluated_is_named(rule: str) -> None:
    """A rule that nobody could ask is never passed in silence."""
    schema = ruled(mapping(a=NUMBER), rule)
    assert codes(schema, {"a": 1}) == []
    assert rule[:8] in unchecked(schema, {"a": 1})[0]


def test_a_rule_without_end_is_cut_off() -> None:
    """Steps are counted, so that no definition can keep us busy."""
    rule = "self.all(a, self.all(b, self.all(c, a + b + c > 0)))"
    (reason,) = unchecked(mapping(numbers=ruled(listed(NUMBER), rule)), {"numbers": list(range(1, 2000))})
    assert "budget" in reason.lower()


def test_without_the_engine_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine is an extra."""
    monkeypatch.setattr(judging, "has_engine", lambda: False)
    assert unchecked(ruled(mapping(a=NUMBER), "false"), {"a": 1}) == [
        "rules of definitions (CEL) are not evaluated: install trimtab[cel]"
    ]
