"""Expressions in jq, before the verdicts of gojq v0.12.19 on `del(…)`, which Argo CD v3.5.1 uses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.verify.argocd.jq.expression import compile_jq
from trimtab.verify.argocd.jq.tokens import RichError, SyntaxFaultError

OBJECT = {
    "kind": "Deployment",
    "metadata": {"name": "web", "annotations": {"example.org/a": "1", "b": "2"}},
    "webhooks": [{"name": "a.b", "clientConfig": {"caBundle": "x"}, "rules": [{"key": "control-plane"}, {"key": "y"}]}],
    "spec": {"a-b": 1, "replicas": 3, "paused": None, "containers": [{"name": "app", "image": "a:latest"}]},
}


@pytest.mark.parametrize(
    "expression",
    [
        ".webhooks[]?.clientConfig.caBundle",
        '.webhooks[].rules[]? | select(.key=="control-plane")',
        '.spec["a-b"]',
        '.spec."a-b"',
        ".spec.x, .spec.replicas",
        '.webhooks[0].name | select(startswith("a"))',
        ".webhooks[-1].clientConfig",
        '.spec | select(has("replicas"))',
        ".spec | select(.x == null) | .replicas",
        "(.spec).replicas",
        ".. | .image?",
        '.. | select(type == "object" and has("image")) | .image',
        '.metadata.annotations[.metadata.annotations | keys[] | select(startswith("example"))]',
        '.spec.containers[] | select(.image | test(":LATEST$"; "i"))',
        '.spec.containers[] | select(.name | IN("app", "b"))',
        '.spec.containers[] | select(any(.name, .image; . == "app"))',
        ".spec.containers[0:1]",
        ".spec.containers | last | .image",
        ".spec.containers | .[length - 1]",
        "first(.spec.containers[])",
        '.metadata?.annotations?["b"] as $b | if $b == "2" then .spec.replicas else null end',
        'select(.kind == "Deployment").spec.replicas',
        ".spec.x // .spec.replicas",
        ".spec.paused",
        ".spec | select(.replicas > 2 and (.replicas | not | not)).replicas",
        'getpath(["spec", "replicas"])',
        '.spec["rep\\("licas")"]',
    ],
)
def test_expression_leads_where_gojq_leads(expression: str) -> None:
    """The jq that people write in ignoreDifferences."""
    assert compile_jq(expression).leads_somewhere(OBJECT)


@pytest.mark.parametrize(
    "expression",
    [
        '.webhooks[].rules[]? | select(.key=="z" or .key=="w")',
        ".webhooks[1]",
        ".spec.x[]?",
        ".spec.x[]",
        ".metadata.name.x",
        ".spec.containers[].env[]? | select(.value == null)",
        ".spec.containers.name?",
        "empty",
        'error("x")',
        ".spec.replicas, 1",
        ".spec.paused.x",
    ],
)
def test_expression_leads_nowhere_where_gojq_deletes_nothing(expression: str) -> None:
    """One error on the way, or one value that stands nowhere, and all stays as it is."""
    assert not compile_jq(expression).leads_somewhere(OBJECT)


@pytest.mark.parametrize(
    "expression",
    [
        ".metadata.annotations | to_entries[]",
        ".metadata.annotations | to_entries[] | select(.key)",
        ".spec.containers | map(.image)",
        ".metadata.annotations | keys[]",
        "[.spec.replicas]",
        '"spec"',
        "if .kind then 1 else .spec | length end",
    ],
)
def test_values_made_on_the_way_are_known(expression: str) -> None:
    """There is nothing in the object to delete."""
    assert compile_jq(expression).is_made


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("", "it is empty"),
        (".a[", "a '[' is not closed"),
        (".a]", "a ']' closes nothing"),
        ('."x', "a text is not closed"),
        (".a |", "nothing follows the '|'"),
        (".a ^ .b", "'^' means nothing"),
        ("spec.replicas", "'spec' has no dot before it"),
        ("/spec/replicas", "'/' cannot stand at the beginning"),
        (".spec..replicas", "'..' cannot stand after '.spec'"),
        ('.spec.containers[name=="app"]', "there is no function 'name'"),
        ('.spec[] | select(.name | startwith("a"))', "there is no function 'startwith'; did you mean 'startswith'?"),
        (".a | select()", "')' cannot stand after '('"),
        (".a | select", "'select' takes 1 arguments, not 0"),
        (".a == .b == .c", "'==' cannot stand after '.b'"),
        ('.a | test("\\d")', "'\\d' is no escape: a backslash is written twice"),
        ("$x", "there is no variable '$x'"),
        ("input", "there is no function 'input'"),
        (".a # all of it", "a '#' begins a comment, which nothing ends"),
        (".spec[?(@.name)]", "'@' means nothing"),
        ("break $out", "there is no label '$out'"),
        ("1.2.3", "'1.2.3' is no number"),
        ("if .a then .b else .c", "nothing follows the '.c'"),
    ],
)
def test_what_gojq_does_not_read_is_refused(expression: str, why: str) -> None:
    """Argo CD compares nothing of the Application then."""
    with pytest.raises(SyntaxFaultError) as fault:
        compile_jq(expression)
    assert str(fault.value) == why


@pytest.mark.parametrize(
    "expression",
    [
        "walk(.)",
        "def f: .spec; f.replicas",
        "reduce .spec as $x (.; .spec)",
        "foreach .[] as [$a, {b: $c}] (0; . + 1; .spec)",
        "label $out | .spec, break $out",
        '. as {spec: $s, "a": [$t]} | .spec',
        ".spec |= empty",
        ".spec.replicas = 3",
        '@base64 "\\(.spec)"',
        "recurse(.[]?; . != 3)",
    ],
)
def test_more_of_jq_is_read_and_left_alone(expression: str) -> None:
    """It may be right: nobody here follows it."""
    with pytest.raises(RichError):
        compile_jq(expression).leads_somewhere(OBJECT)


@pytest.mark.parametrize(
    "expression",
    [
        "|".join(["(.,.)"] * 20) + "|select(.x==1)",
        "[" * 60 + "]" * 60,
        ".a" * 300,
        "recurse(.)",
        "1e999 | select(. % 0) | " + "-" * 90 + "1",
    ],
)
def test_expression_that_grows_ends(expression: str) -> None:
    """Nothing of a stranger's tree may hang."""
    with pytest.raises(RichError):
        compile_jq(expression).leads_somewhere({"a": 1})


@given(st.text(alphabet='.[]()|,"?=ab1{}:$@#\\/+- select', max_size=25))
def test_no_expression_is_too_strange(text: str) -> None:
    """It is read, or refused for one of two reasons."""
    try:
        compile_jq(text).leads_somewhere(OBJECT)
    except (RichError, SyntaxFaultError):
        return


WORDS = [
    ".",
    "..",
    ".a",
    "[]",
    "[0]",
    "?",
    "|",
    ",",
    "//",
    "and",
    "==",
    "-",
    "select(",
    "map(",
    ")",
    "[",
    "]",
    "{",
    "}",
]
WORDS += ["if ", "then ", "else ", "end", "as $x", "$x", "try ", "catch ", "def f: .;", "f", "reduce ", ";", '"\\(.a)"']


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_no_order_of_words_is_too_strange(text: str) -> None:
    """It is read, or refused for one of two reasons."""
    try:
        compile_jq(text).leads_somewhere(OBJECT)
    except (RichError, SyntaxFaultError):
        return
