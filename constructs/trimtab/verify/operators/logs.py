"""Elasticsearch and Fluent Bit, as people write them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import fields_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_SECTION = re.compile(r"^[ \t]*\[([A-Z_]+)\][ \t]*$", re.MULTILINE)
_SETTING = re.compile(r"^[ \t]*([A-Za-z_.]+)[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_YES = frozenset({"on", "true", "yes"})
_LISTEN = re.compile(r"^[ \t]*(?:HTTP_Listen|Listen|bind)[ \t]+0\.0\.0\.0[ \t]*$", re.MULTILINE | re.IGNORECASE)


def check_volumes(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find Elasticsearch objects whose volumes go with them."""
    for entry in tree.of_kind("elasticsearch.k8s.elastic.co", "Elasticsearch"):
        policy = fields_of(entry.manifest, "spec").get("volumeClaimDeletePolicy")
        if policy != "DeleteOnScaledownOnly":
            yield Complaint(
                code="logs-lost-with-the-app",
                about=entry,
                path=("spec", "volumeClaimDeletePolicy"),
                message=f"deleting or pruning {entry} deletes its volumes",
                help="write `volumeClaimDeletePolicy: DeleteOnScaledownOnly`",
            )


def check_outputs(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find outputs of Fluent Bit whose lines Elasticsearch refuses."""
    for entry, path, text in _iter_texts(tree):
        for line in iter_refused_outputs(text):
            yield tell_refused(entry, (*path, line), str(entry))


def check_listeners(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find listeners that only IPv4 reaches, in a cluster without it."""
    if world.ip_families != ("IPv6",):
        return
    for entry, path, text in _iter_texts(tree):
        line = find_listener(text)
        if line is not None and _is_of_fluent(text):
            yield tell_unreached(entry, (*path, line), str(entry))


def tell_refused(about: Entry, path: Path, name: str) -> Complaint:
    """Say that Elasticsearch refuses what an output sends."""
    return Complaint(
        code="rejected-log-lines",
        about=about,
        path=path,
        message=f"an output to Elasticsearch in {name} sends `_type`, which Elasticsearch 8 refuses: no line arrives",
        help="write `Suppress_Type_Name On`, and `Replace_Dots On` for labels with dots",
    )


def tell_unreached(about: Entry, path: Path, name: str) -> Complaint:
    """Say that no probe reaches a listener."""
    return Complaint(
        code="ipv4-only-listener",
        about=about,
        path=path,
        message=f"{name} has a log collector listen on 0.0.0.0, where no probe reaches it: the cluster has IPv6 alone",
        help="write `::` in place of 0.0.0.0, which takes both families",
    )


def iter_refused_outputs(text: str) -> Iterator[int]:
    """Give the line of each output of Fluent Bit that sends Elasticsearch a type, counted from 0."""
    for line, name, output in _iter_sections(text):
        if name == "OUTPUT" and output.get("name") == "es" and output.get("suppress_type_name", "") not in _YES:
            yield line


def find_listener(text: str) -> int | None:
    """Give the line in which a collector of logs listens where only IPv4 reaches it, counted from 0."""
    found = _LISTEN.search(text)
    return text.count("\n", 0, found.start()) if found else None


def _is_of_fluent(text: str) -> bool:
    return "[SERVICE]" in text or "[INPUT]" in text or "<source>" in text


def _iter_texts(tree: Tree) -> Iterator[tuple[Entry, Path, str]]:
    for entry in tree.of_kind("", "ConfigMap"):
        for key, text in fields_of(entry.manifest, "data").items():
            if isinstance(text, str) and ("[" in text or "<source>" in text):
                yield entry, ("data", key), text


def _iter_sections(text: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Give the sections of Fluent Bit's classic format with their lines; keys and values in lower case."""
    marks = list(_SECTION.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        body = text[mark.end() : end]
        settings = {key.lower(): value.lower() for key, value in _SETTING.findall(body)}
        yield text.count("\n", 0, mark.start(1)), mark[1], settings


CHECKS = (
    Check(name="Elasticsearch's volumes", codes=("logs-lost-with-the-app",), run=check_volumes),
    Check(name="Fluent Bit's outputs", codes=("rejected-log-lines",), run=check_outputs),
    Check(name="listeners of log collectors", codes=("ipv4-only-listener",), run=check_listeners),
)
