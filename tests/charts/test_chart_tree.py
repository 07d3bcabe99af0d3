"""A chart with charts in it is taken apart, and never becomes more than its archive may hold."""

from __future__ import annotations

import itertools

import pytest

from chart_support.made import make_archive
from trimtab.charts import chart_tree
from trimtab.charts.archive import Archive, read_archive
from trimtab.charts.chart_tree import iter_parts
from trimtab.charts.errors import ChartError


def nest(depth: int, aliases: int) -> Archive:
    """Make a chart that holds a chart under several names, which holds one, and so on."""
    named = "".join(f"- {{name: inner, version: 1.0.0, alias: a{at}}}\n" for at in range(aliases))
    chart = f"apiVersion: v2\nname: inner\nversion: 1.0.0\ndependencies:\n{named}".encode()
    files = {f"{'charts/inner/' * at}Chart.yaml": chart for at in range(depth)}
    return Archive(name="inner", version="1.0.0", files=files)


def test_a_chart_comes_once_for_each_alias() -> None:
    """Its values lie in as many places."""
    assert [part.prefix for part in iter_parts(nest(2, 2))] == [(), ("a0",), ("a1",)]


def test_aliases_that_multiply_are_refused() -> None:
    """Ten aliases in each of eight charts are a hundred million charts, in an archive of a kilobyte."""
    parts = iter_parts(nest(8, 10))
    with pytest.raises(ChartError, match="more than 1000 charts") as refused:
        list(parts)
    assert refused.value.code == "archive-not-safe"
    assert len(list(itertools.islice(iter_parts(nest(8, 10)), 1000))) == 1000


def test_archives_inside_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of them may be small beside what it holds."""
    monkeypatch.setattr(chart_tree, "_MOST_BYTES", 250_000)
    inner = make_archive("inner", large=bytes(100_000))
    inside = {f"charts/{at}.tgz": inner for at in range(3)}
    too_large = make_archive("made", "1.0.0", **inside)
    fits = make_archive("made", "1.0.0", **{"charts/0.tgz": inner, "charts/1.tgz": inner})
    assert len(list(iter_parts(read_archive(fits)))) == 3
    with pytest.raises(ChartError, match="more than 250000 bytes"):
        list(iter_parts(read_archive(too_large)))
