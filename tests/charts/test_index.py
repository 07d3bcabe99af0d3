"""One chart is found in an index of any size, however it is written."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from chart_support.repository import render_index
from trimtab.charts.errors import ChartError
from trimtab.charts.index import Listed, parse_index

URL = "https://charts.example.org/index.yaml"
DIGEST = "0" * 64
NASTY = "words\nentries:\n  made:\n  - version: 9.9.9\n    urls: [evil]\n"


def release(version: str, **more: Any) -> dict[str, Any]:
    """Give a release as an index lists it."""
    return {"version": version, "urls": [f"made-{version}.tgz"], "digest": DIGEST, **more}


ROWS = {
    "alpha": [release("1.0.0", description=NASTY)],
    "made": [release("1.1.0"), release("1.0.0", dependencies=[{"name": "x", "version": "7.0.0"}])],
    "made-more": [release("3.0.0")],
}
VALUE = {
    "apiVersion": "v1",
    "entries": {chart: [{"name": chart, **row} for row in rows] for chart, rows in ROWS.items()},
    "generated": "2026-11-01",
}
FORMS = {
    "ours": render_index(ROWS).decode(),
    "block": yaml.safe_dump(VALUE, sort_keys=True, indent=2),
    "wide": yaml.safe_dump(VALUE, sort_keys=False, indent=4),
    "flow": yaml.safe_dump(VALUE, default_flow_style=True),
    "rows": "entries:\n"
    + "".join(f"  {k}:\n" + "".join(f"  - {json.dumps(v)}\n" for v in vs) for k, vs in ROWS.items()),
    "json": json.dumps(VALUE),
    "quoted": yaml.safe_dump(VALUE, default_style='"').replace('"entries":', "entries:"),
    "windows": yaml.safe_dump(VALUE).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_release_is_found_in_every_form(form: str) -> None:
    """Block or flow, JSON or YAML, indented or not: the same release is found."""
    index = parse_index(FORMS[form].encode(), URL)
    assert index.find("made", "1.0.0") == Listed(urls=("made-1.0.0.tgz",), digest=f"sha256:{DIGEST}")
    assert index.find("made", "7.0.0") is None
    assert index.find("made", "9.9.9") is None
    assert index.versions("made") == ["1.1.0", "1.0.0"]
    assert index.charts() == ["alpha", "made", "made-more"]


def test_name_is_taken_whole() -> None:
    """`made` is not `made-more`, and a name is no pattern."""
    index = parse_index(FORMS["block"].encode(), URL)
    assert index.find("made", "3.0.0") is None
    assert index.versions("mad.") == index.versions("nothing") == []


@given(st.lists(st.sampled_from(["1.0.0", "1.1.0", "2.0.0-rc.1", "v3.0.0", "1.0.0+up1"]), unique=True, min_size=1))
def test_cutting_gives_what_reading_all_gives(versions: list[str]) -> None:
    """The chart that is cut out of the text is the one that a YAML reader sees."""
    text = render_index({"a": [release("9.0.0")], "made": [release(v) for v in versions], "z": [release("8.0.0")]})
    index, whole = parse_index(text, URL), yaml.safe_load(text)["entries"]["made"]
    for row in whole:
        found = index.find("made", row["version"])
        assert found is not None
        assert list(found.urls) == row["urls"]
    assert index.versions("made") == versions


@pytest.mark.parametrize(
    "text",
    [
        *("", "hello", "<html></html>", "{", "[]", "entries: 1", "{}", "a: [", "\tx: 1", "entries: [1]"),
    ],
)
def test_what_is_no_index_is_refused(text: str) -> None:
    """A page that asks to sign in is no index."""
    with pytest.raises(ChartError) as caught:
        parse_index(text.encode(), URL)
    assert caught.value.code == "chart-index-unreadable"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ({"version": "1.0.0", "urls": []}, "has no address"),
        ({"version": "1.0.0", "urls": [1]}, "has no address"),
        ({"version": "1.0.0", "urls": ["x"], "digest": "md5"}, "no SHA-256"),
    ],
)
def test_release_without_address_or_digest_is_refused(row: dict[str, Any], word: str) -> None:
    """A release needs an address; a digest may be missing, but not be something else."""
    with pytest.raises(ChartError, match=word):
        parse_index(render_index({"made": [row]}), URL).find("made", "1.0.0")


def test_chart_twice_is_refused() -> None:
    """Which of the two lists holds would be a guess."""
    text = FORMS["block"].replace("  alpha:", "  made:")
    with pytest.raises(ChartError, match="twice"):
        parse_index(text.encode(), URL).find("made", "1.0.0")


def test_no_utf8_is_refused() -> None:
    """Bytes that are no text are no index."""
    with pytest.raises(ChartError, match="UTF-8"):
        parse_index(b"entries:\n  \xff: []\n", URL)


def test_twenty_megabytes_take_no_second() -> None:
    """The largest public indexes have some 20 MB; reading one as YAML would take a minute, and here are ten charts."""
    item = f"    urls: [x]\n    description: {'y' * 900}\n"
    rows = "".join(f"  chart-{n}:\n" + f"  - version: 1.0.{n}\n{item}" * 20 for n in range(1100))
    content = f"apiVersion: v1\nentries:\n{rows}generated: now\n".encode()
    assert len(content) > 20_000_000
    started = time.process_time()
    index = parse_index(content, URL)
    for n in range(100, 1100, 100):
        assert index.find(f"chart-{n}", f"1.0.{n}") == Listed(urls=("x",), digest=None)
    assert time.process_time() - started < 1
