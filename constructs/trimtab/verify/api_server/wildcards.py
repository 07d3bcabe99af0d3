"""Lists in which `*` stands for all, and so must stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, list_of


def check_wildcards(entry: Entry, path: Path, rule: Fields, keys: tuple[str, ...]) -> Iterator[Complaint]:
    """Find `*` beside others.

    Args:
        entry: The object.
        path: Where the rule stands in it.
        rule: What has the lists.
        keys: The lists that the API server looks at.
    """
    for key in keys:
        listed = list_of(rule, key)
        if len(listed) > 1 and "*" in listed:
            what = f"lists all {key} and some of them"
            yield complain("contradicting-fields", entry, (*path, key), what, "write '*' alone, or leave it away")
