"""A maintainer makes the facts of a release from its archive, a folder of archives, or what a lock names."""

from __future__ import annotations

from pathlib import Path

import pytest

from chart_support.locked import lock_charts
from helm_support.made import config_map, definition, find_helm, pack_chart
from trimtab.catalogue.chart_facts import parse_facts
from trimtab.charts.errors import ChartError
from trimtab.charts.make_facts import find_gaps, find_given, main, make_bare_facts, make_facts
from trimtab.charts.reference import ChartKey

ONE = {
    "templates/one.yaml": config_map("a")
    + "{{ if .Values.more }}\n---\n"
    + config_map("b", kind="Secret")
    + "{{ end }}"
}
HELD = pack_chart(ONE, name="metallb", version="0.16.1")
"""An archive with the name of one that a release of the catalogue has."""


def test_facts_are_written_where_the_catalogue_looks_for_them(tmp_path: Path) -> None:
    """And can be read back."""
    values = tmp_path / "more.yaml"
    values.write_text("more: true\n")
    file, refused = make_facts(pack_chart(ONE), [values], helm=find_helm(), target=tmp_path / "facts")
    assert (file, refused) == (tmp_path / "facts" / "probe" / "1.2.3.json", [])
    assert [one.kind for one in parse_facts(file.read_text()).renders] == ["ConfigMap", "Secret"]


def test_an_archive_that_is_named_is_taken_whatever_it_is(tmp_path: Path) -> None:
    """The release may come after its facts."""
    (tmp_path / "probe.tgz").write_bytes(pack_chart(ONE))
    assert [name for name, _ in find_given([tmp_path / "probe.tgz"], tmp_path, {})] == [f"{tmp_path}/probe.tgz"]


def test_of_a_folder_only_charts_of_the_catalogue_are_taken(tmp_path: Path) -> None:
    """A cache or a download folder holds others too."""
    (tmp_path / "a.tgz").write_bytes(HELD)
    (tmp_path / "b.tgz").write_bytes(pack_chart(ONE))
    (tmp_path / "readme.md").write_text("no archive\n")
    assert list(find_given([tmp_path], tmp_path, {})) == [(f"{tmp_path}/a.tgz", HELD)]


def test_without_a_path_it_is_what_the_lock_names(tmp_path: Path) -> None:
    """After `trimtab lock`, from the repository or the cache."""
    lock_charts(tmp_path, {ChartKey(repo_url="https://a.org", chart="metallb", version="0.16.1"): HELD})
    assert [content for _, content in find_given([], tmp_path, {})] == [HELD]


def test_what_lacks_and_what_is_left_over_is_said() -> None:
    """Both are found by a test of the catalogue; here is where one can mend it."""
    assert list(find_gaps([("a", "1"), ("b", "1")], [("a", "1"), ("c", "1")])) == [
        "c 1 has no facts yet",
        "no release names b 1: add one to the catalogue, or remove its facts",
    ]


def test_a_release_without_a_chart_is_its_manifests(tmp_path: Path) -> None:
    """A folder of upstream's repository, as Argo CD applies it."""
    source = tmp_path / "crd"
    source.mkdir()
    (source / "bees.yaml").write_text(definition("bees", "Bee"))
    (source / "guard.yml").write_text("{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: a}}\n")
    (source / "notes.md").write_text("no manifest\n")
    facts = parse_facts(make_bare_facts(source, "hive", "1.0.0", target=tmp_path).read_text())
    assert (facts.chart, facts.version, facts.crds) == ("hive", "1.0.0", ("bees.example.org",))
    assert [one.kind for one in facts.renders] == ["CustomResourceDefinition", "PodDisruptionBudget"]


def test_a_folder_without_manifests_makes_no_facts(tmp_path: Path) -> None:
    """Facts that say that nothing is installed would let everything pass."""
    with pytest.raises(ChartError, match="holds no manifest"):
        make_bare_facts(tmp_path, "hive", "1.0.0", target=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["none.tgz"], 3, "error: cannot read none.tgz"),
        (["."], 2, "error: no archive of a chart that a release of the catalogue names"),
        ([], 2, "error: which archive?"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    said: str,
) -> None:
    """Where there is nothing to read, too."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("trimtab.charts.make_facts.read_helm", lambda _: find_helm())
    assert main(arguments) == code
    assert said in capsys.readouterr().err
