"""How many processes share a look at a tree must not be seen in what comes out of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trimtab.documents.values import parse_values
from trimtab.pipeline import checking_trees, parsing_together
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.parsing_together import parse_together
from trimtab.pipeline.tree_source import open_tree
from trimtab.verify.files.gathering import parse_each

pytestmark = [
    pytest.mark.unmeasured,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]

OBJECTS = {
    "service": "apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\nspec: {selector: {x: y}, ports: 1}\n",
    "ingress": "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec: {ingressClassName: none}\n",
    "secret": "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter22}\n",
    "nameless": "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n",
    "broken": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [}\n",
    "twice": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, name: y}\ndata: {a: 1}\n",
}


@pytest.fixture(autouse=True)
def _share_even_few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (checking_trees, parsing_together):
        monkeypatch.setattr(module, "_LEAST", 1)
        monkeypatch.setattr(module, "can_copy", lambda: True)  # pytest's own threads hold nothing that we need


@pytest.mark.parametrize("jobs", [2, 5])
def test_findings_are_those_of_one_process(tmp_path: Path, jobs: int) -> None:
    """Findings, their order, notes and texts are the same, for one cluster and for several."""
    for folder in ("one", "two"):
        for name, content in OBJECTS.items():
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{name}.yaml").write_text(content)
    alone = examine_tree(open_tree(str(tmp_path)))
    assert len({one.code for one in alone.findings}) > 5
    assert examine_tree(open_tree(str(tmp_path)), jobs=jobs) == alone


@settings(max_examples=15)
@given(
    contents=st.lists(st.sampled_from([*OBJECTS.values(), "", "- 1\n", "a: 0x1f\n---\nb: .5\n"]), max_size=40),
    jobs=st.integers(1, 3),
)
def test_values_come_in_the_order_of_files(contents: list[str], jobs: int) -> None:
    """Shared or not, each file gives what it says, mistakes among them, in its place."""
    files = {f"{at}.yaml": content.encode() for at, content in enumerate(contents)}
    together = list(parse_together(files, jobs=jobs))
    assert repr(together) == repr(list(parse_each(files)))


def test_copies_do_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many files this process reads only some: the others do read too."""
    own: list[str] = []

    def parse(content: bytes, *, file: str) -> object:
        own.append(file)
        return parse_values(content, file=file)

    monkeypatch.setattr(parsing_together, "parse_values", parse)
    files = {f"{at}.yaml": OBJECTS["service"].encode() * 40 for at in range(200)}
    assert len(list(parse_together(files, jobs=4))) == 200
    assert 0 < len(own) < 200
