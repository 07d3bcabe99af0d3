"""Finding and loading the files of a platform."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from trimtab.doors.disk import read_bytes
from trimtab.findings.finding import Severity
from trimtab.settings.files import Loaded, load

CLUSTER = "apps/clusters/place7.yaml"
MINIMAL = """
cluster: place7
kubernetes: {version: "1.35"}
network: {pods: ["2001:db8:1::/56"], services: ["2001:db8:2::/108"]}
gitops: {repoURL: "https://git.example.org/platform.git"}
"""


def codes(loaded: Loaded) -> list[str]:
    """Give the codes of all findings."""
    return [finding.code for finding in loaded.findings]


def test_a_cluster_lies_over_its_profiles_and_the_platform(project):
    """Lowest first: the platform, the profiles in their order, the cluster."""
    root = project(
        {
            CLUSTER: MINIMAL + "profiles: [one, two]\n",
            "apps/platform.yaml": "size: small\ndomain: a.example\nnodeDefaults: {os: debian, arch: amd64}\n",
            "apps/profiles/one.yaml": "domain: b.example\nnodeDefaults: {os: alpine}\n",
            "apps/profiles/two.yaml": "domain: c.example\n",
        }
    )
    loaded = load(root)
    merged = loaded.clusters[0].merged
    assert loaded.findings == ()
    assert (merged.value["size"], merged.value["domain"]) == ("small", "c.example")
    assert merged.value["nodeDefaults"] == {"os": "alpine", "arch": "amd64"}
    assert [place.file for place in merged.places(("domain",))] == [
        "apps/profiles/two.yaml",
        "apps/profiles/one.yaml",
        "apps/platform.yaml",
    ]


def test_the_clusters_profiles_replace_the_platforms(project):
    """`profiles` is a list like any other: the cluster's takes the place of the platform's."""
    files = {"apps/platform.yaml": "profiles: [one]\n", "apps/profiles/one.yaml": "size: small\n"}
    plain = load(project({CLUSTER: MINIMAL, **files}))
    assert plain.clusters[0].merged.value["size"] == "small"
    without = load(project({CLUSTER: MINIMAL + "profiles: []\n", **files}))
    assert "size" not in without.clusters[0].merged.value


def test_what_cannot_be_read_is_not_called_a_null_too(project):
    """An alias of nothing has no value, and nobody wrote that there is none."""
    assert codes(load(project({CLUSTER: MINIMAL + "size: *none\n"}))) == ["unknown-alias"]
    assert codes(load(project({CLUSTER: MINIMAL + "size:\n"}))) == ["null-removes-nothing"]


def test_a_shared_file_is_read_once(project, monkeypatch):
    """Two clusters share the platform file, and it is parsed one time."""
    read: list[str] = []

    def note(path: Path, **more: Any) -> bytes:
        read.append(path.name)
        return read_bytes(path, **more)

    monkeypatch.setattr("trimtab.settings.sources.read_bytes", note)
    other = MINIMAL.replace("place7", "other")
    load(project({CLUSTER: MINIMAL, "apps/clusters/other.yaml": other, "apps/platform.yaml": "size: small\n"}))
    assert sorted(read) == ["other.yaml", "place7.yaml", "platform.yaml"]


def test_the_text_of_every_file_is_kept(project):
    """Snippets are cut from the texts that were read."""
    assert load(project({CLUSTER: MINIMAL})).sources == {CLUSTER: MINIMAL}


def test_only_the_asked_clusters_are_loaded(project):
    """A broken cluster that nobody asked for says nothing."""
    root = project({CLUSTER: MINIMAL, "apps/clusters/broken.yaml": "a: [\n"})
    loaded = load(root, ["place7"])
    assert [cluster.name for cluster in loaded.clusters] == ["place7"]
    assert loaded.findings == ()


def test_an_unknown_cluster_suggests_the_nearest(project):
    """A misspelt name on the command line."""
    loaded = load(project({CLUSTER: MINIMAL}), ["palce7"])
    assert codes(loaded) == ["missing-file"]
    assert loaded.findings[0].help == "did you mean 'place7'?"


def test_a_missing_profile_is_shown_where_it_is_named(project):
    """The place is the name in the cluster's list."""
    root = project({CLUSTER: MINIMAL + "profiles: [ipv6]\n", "apps/profiles/ipv6-only.yaml": "size: small\n"})
    (finding,) = load(root).findings
    assert finding.code == "missing-file"
    assert finding.message == "there is no profile 'ipv6': apps/profiles/ipv6.yaml does not exist"
    assert finding.place is not None
    assert (finding.place.file, finding.place.line, finding.place.column) == (CLUSTER, 6, 12)


def test_no_apps_folder(project, monkeypatch):
    """Run in the wrong folder, or with another one named: the one that was looked in is told."""
    root = project({})
    loaded = load(root)
    assert codes(loaded) == ["missing-file"]
    assert loaded.findings[0].message == f"there is no folder 'apps' in {root}"
    monkeypatch.chdir(root)
    assert load(Path()).findings[0].message == "there is no folder 'apps' here"


@pytest.mark.parametrize(
    ("file", "told", "advice"),
    [
        ("place/shop/a.yaml", "place is not read, because that is no cluster's name", "did you mean 'place7'?"),
        ("a.yaml", "a.yaml is not read, because it lies in no cluster's folder", "move it to "),
    ],
)
def test_manifests_of_no_cluster_are_told(project, file, told, advice):
    """A misspelt folder of extra manifests would be left out without a word."""
    loaded = load(project({CLUSTER: "cluster: place7\n", f"apps/manifests/{file}": "a: 1\n"}))
    assert codes(loaded) == ["manifest-without-application"]
    assert loaded.findings[0].message == f"apps/manifests/{told}"
    assert (loaded.findings[0].help or "").startswith(advice)


def test_no_clusters(project):
    """A platform without a cluster has nothing to do."""
    assert codes(load(project({"apps/platform.yaml": "size: small\n"}))) == ["missing-file"]


def test_a_cluster_is_called_as_its_file(project):
    """A copied file that still has the other's name."""
    loaded = load(project({"apps/clusters/lab.yaml": MINIMAL}))
    assert codes(loaded) == ["file-name-mismatch"]
    assert loaded.findings[0].place is not None
    assert loaded.findings[0].place.line == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1\n---\nb: 2\n", "several-documents"),
        ("- a\n", "not-a-mapping"),
        ("just text\n", "not-a-mapping"),
        ("apiVersion: trimtab/v9\n", "unknown-format"),
    ],
)
def test_a_file_of_another_shape_is_refused(project, text, code):
    """Such a file makes its cluster unusable, and is told once though two clusters share it."""
    other = MINIMAL.replace("place7", "other")
    loaded = load(project({CLUSTER: MINIMAL, "apps/clusters/other.yaml": other, "apps/platform.yaml": text}))
    assert codes(loaded) == [code]
    assert loaded.clusters == ()


def test_all_broken_files_are_told_at_once(project):
    """One run names every file that is no YAML."""
    files = {CLUSTER: "a: [\n", "apps/clusters/two.yaml": "b: {\n", "apps/platform.yaml": "\tc: 1\n"}
    loaded = load(project(files))
    assert {finding.place.file for finding in loaded.findings if finding.place} == set(files)


def test_an_empty_file_is_an_empty_mapping(project):
    """A platform file of comments alone changes nothing."""
    assert codes(load(project({CLUSTER: MINIMAL, "apps/platform.yaml": "# later\n"}))) == []


def test_yml_files_are_named(project):
    """`.yml` is not read, and silence about it would cost hours."""
    loaded = load(project({CLUSTER: MINIMAL, "apps/clusters/lab.yml": "a: 1\n"}))
    assert codes(loaded) == ["misnamed-file"]
    assert loaded.findings[0].severity is Severity.WARNING


def test_a_cluster_key_has_no_meaning_in_a_profile(project):
    """`cluster` and `profiles` belong to a cluster's own file."""
    text = "cluster: place7\nprofiles: [one]\n"
    loaded = load(project({CLUSTER: MINIMAL + "profiles: [one]\n", "apps/profiles/one.yaml": text}))
    assert codes(loaded) == ["misplaced-setting", "misplaced-setting"]


def test_manifests_come_with_their_application(project):
    """The folder below the cluster is the application; deeper folders are free."""
    folder = "apps/manifests/place7"
    loaded = load(
        project(
            {
                CLUSTER: MINIMAL,
                f"{folder}/shop/web/all.yaml": "kind: A\n---\nkind: B\n",
                f"{folder}/lost.yaml": "kind: C\n",
                f"{folder}/shop/b.yml": "kind: D\n",
            }
        )
    )
    (manifest,) = loaded.clusters[0].manifests
    assert (manifest.application, len(manifest.documents)) == ("shop", 2)
    assert manifest.documents[1].places.value(("kind",)) is not None
    assert sorted(codes(loaded)) == ["manifest-without-application", "misnamed-file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder_is_told(project):
    """A folder without read permission is an error, not an empty platform."""
    root = project({CLUSTER: MINIMAL})
    (root / "apps/clusters").chmod(0)
    try:
        assert codes(load(root)) == ["unreadable-file"]
    finally:
        (root / "apps/clusters").chmod(0o755)


def test_a_file_that_cannot_be_read_is_told(project):
    """A folder that is named like a settings file is no settings file."""
    root = project({CLUSTER: MINIMAL})
    (root / "apps/platform.yaml").mkdir()
    loaded = load(root)
    assert codes(loaded) == ["unreadable-file"]
    assert loaded.clusters == ()


def test_a_huge_file_is_refused_unread(project):
    """100 MB of settings are a mistake, and are not parsed."""
    root = project({CLUSTER: MINIMAL})
    with (root / "apps/platform.yaml").open("w") as file:
        file.truncate(100 * 1024 * 1024)
    assert codes(load(root)) == ["unreadable-file"]
