"""No schema makes us speak to anybody: what a schema refers to elsewhere is refused, and nobody is asked for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import trimtab
from trimtab.documents.writer import render_yaml_all
from trimtab.findings.finding import Finding
from trimtab.pipeline.examining import examine_tree
from trimtab.pipeline.tree_source import open_tree
from trimtab.settings.schemas import build_validator
from trimtab.verify.api_server import structural
from trimtab.verify.custom import patterns, schema_form, validators
from trimtab.verify.kubernetes import schema as kubernetes_schema

SOURCES = Path(trimtab.__file__).parent
GIVEN = {
    "settings/schemas.py",
    "verify/api_server/structural.py",
    "verify/custom/patterns.py",
    "verify/custom/schema_form.py",
    "verify/custom/validators.py",
    "verify/kubernetes/schema.py",
}
"""Every file that hands a schema to the engine."""


class Listener:
    """A server that counts who comes."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/schema.json"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        """Stop listening."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=5)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Give a server to which a schema refers."""
    found = Listener()
    yield found
    found.close()


def definition(schema: Any) -> list[Any]:
    """Make a definition with a schema, and an object of its kind."""
    version = {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": schema}}
    names = {"kind": "Widget", "plural": "widgets"}
    spec = {"group": "example.org", "scope": "Namespaced", "names": names, "versions": [version]}
    crd = "apiextensions.k8s.io/v1"
    metadata = {"name": "widgets.example.org"}
    return [
        {"apiVersion": crd, "kind": "CustomResourceDefinition", "metadata": metadata, "spec": spec},
        {"apiVersion": "example.org/v1", "kind": "Widget", "metadata": {"name": "a"}, "spec": {"a": 1}},
    ]


def test_the_listener_counts(listener: Listener) -> None:
    """Otherwise the tests below would prove nothing."""
    host, port = listener.url.split("/")[2].split(":")
    with socket.create_connection((host, int(port))) as visit:
        visit.recv(1)
    assert listener.visits == 1


@pytest.mark.parametrize("keyword", ["$ref", "$dynamicRef"])
def test_a_settings_schema_that_refers_elsewhere_is_refused(listener: Listener, keyword: str) -> None:
    """The engine is given a retriever that refuses."""
    with pytest.raises(ValueError, match=r"127\.0\.0\.1"):
        build_validator({"properties": {"a": {keyword: listener.url}}})
    assert listener.visits == 0


def test_the_dialect_of_a_settings_schema_is_not_fetched(listener: Listener) -> None:
    """Its address is a name, whatever stands there: the draft is fixed."""
    build_validator({"$schema": listener.url, "$id": listener.url, "type": "object"})
    assert listener.visits == 0


@pytest.mark.parametrize(
    "wrap",
    [
        lambda ref: {"type": "object", "$ref": ref},
        lambda ref: {"type": "object", "properties": {"spec": {"$ref": ref}}},
        lambda ref: {"type": "object", "properties": {"spec": {"type": "object", "$schema": ref, "$id": ref}}},
        lambda ref: {"type": "object", "properties": {"spec": {"type": "object", "allOf": [{"$ref": ref}]}}},
        lambda ref: {"type": "object", "properties": {"spec": {"type": "object", "not": {"$dynamicRef": ref}}}},
        lambda ref: {"type": "object", "additionalProperties": {"$ref": ref}, "$id": ref},
    ],
)
@pytest.mark.parametrize("is_at_hand", [False, True])
def test_a_definition_that_refers_elsewhere_is_not_followed(
    listener: Listener, tmp_path: Path, wrap: Callable[[str], Any], is_at_hand: bool
) -> None:
    """Neither one of the tree nor one that `--config` names; whatever is found has a place."""
    crd, widget = definition(wrap(listener.url))
    (tmp_path / "widget.yaml").write_text(render_yaml_all([widget]))
    (tmp_path / "crd.yaml").write_text(render_yaml_all([crd]))
    if is_at_hand:
        (tmp_path / "trimtab-verify.yaml").write_text("apiVersion: trimtab/v1\ndefinitions: [crd.yaml]\n")
    found: tuple[Finding, ...] = examine_tree(open_tree(str(tmp_path)), kubernetes="1.35").findings
    assert all(finding.place is not None for finding in found)
    assert listener.visits == 0


@pytest.mark.parametrize(
    "module", [kubernetes_schema, patterns, schema_form, structural, validators], ids=lambda module: module.__name__
)
def test_every_retriever_refuses(listener: Listener, module: Any) -> None:
    """Each room has its own, with words of its own."""
    with pytest.raises(ValueError, match="nothing is fetched"):
        module._refuse_fetch(listener.url)
    assert listener.visits == 0


def test_no_file_gives_the_engine_a_schema_without_a_retriever() -> None:
    """As many retrievers as validators, in the files that are known here and in no other."""
    texts = {str(path.relative_to(SOURCES)): path.read_text() for path in SOURCES.rglob("*.py")}
    users = {file: text for file, text in texts.items() if "from jsonschema_rs import Draft" in text}
    assert users.keys() == GIVEN
    for file, text in users.items():
        made = text.count("Draft202012Validator(\n") + text.count("Draft202012Validator(schema")
        assert text.count("retriever=_refuse_fetch") >= max(made, 1), file
