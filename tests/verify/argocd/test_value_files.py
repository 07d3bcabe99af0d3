"""Values files that Applications name, held against the repository's files."""

from __future__ import annotations

import pytest

from argocd_tree_support.trees import application, complain, read_entries
from trimtab.verify.world import World

OURS = "repoURL: 'https://git.example.org/shop.git', targetRevision: main"
CHART = "repoURL: 'https://charts.example.org', chart: shop, targetRevision: 1.0.0"
FILES = frozenset({"deploy/Chart.yaml", "deploy/values.yaml", "envs/eu/prod.yaml", "envs/eu/west/prod.yaml"})
MISSING = "Argo CD renders nothing of the Application without it, unless 'ignoreMissingValueFiles: true' is said"


def found(spec: str, files: frozenset[str] = FILES) -> list[tuple[str, str | None]]:
    """Give message and help of what is found of an Application in a repository with these files."""
    raw = read_entries(application(spec))
    complaints = complain(raw, World(kubernetes=(1, 35), foreign=True, files=files))
    assert {one.code for one in complaints} <= {"source-without-manifests"}
    return [(one.message, one.help) for one in complaints]


def of_folder(file: str, more: str = "") -> str:
    """Write a source with a chart in the repository."""
    return f"source: {{{OURS}, path: deploy, helm: {{valueFiles: ['{file}']{more}}}}}"


def of_chart(file: str, values: str = OURS, ref: str = "values") -> str:
    """Write a chart of a Helm repository, with values from Git."""
    return f"source: null\nsources: [{{{CHART}, helm: {{valueFiles: ['{file}']}}}}, {{{values}, ref: {ref}}}]"


@pytest.mark.parametrize(
    "file",
    ["values.yaml", "./values.yaml", "../envs/eu/prod.yaml", "/envs/eu/prod.yaml", "/deploy/../envs/eu/prod.yaml"],
)
def test_file_that_is_there_is_quiet(file: str) -> None:
    """From the source's folder on, or with a slash from the repository's top."""
    assert found(of_folder(file)) == []


@pytest.mark.parametrize("file", ["envs/eu/prod.yaml", "/values.yaml", "../../values.yaml"])
def test_file_that_is_not_there_is_found(file: str) -> None:
    """What lies elsewhere in the repository, or outside, is not there."""
    ((message, help_),) = found(of_folder(file))
    assert message == f"the values file '{file}' of Application.argoproj.io argocd/shop is not in the repository"
    assert help_ == MISSING


def test_slip_in_a_name_is_told() -> None:
    """With the file that was meant."""
    assert [help_ for _, help_ in found(of_folder("vaules.yaml"))] == ["did you mean 'values.yaml'?"]


def test_the_entry_is_pointed_at() -> None:
    """Not the whole list."""
    spec = f"source: {{{OURS}, path: deploy, helm: {{valueFiles: [values.yaml, gone.yaml]}}}}"
    (one,) = complain(read_entries(application(spec)), World(kubernetes=(1, 35), foreign=True, files=FILES))
    assert one.path == ("spec", "source", "helm", "valueFiles", 1)


def test_file_that_may_be_missing_is_quiet() -> None:
    """Argo CD passes over it where it is told to."""
    assert found(of_folder("gone.yaml", ", ignoreMissingValueFiles: true")) == []
    assert len(found(of_folder("gone.yaml", ", ignoreMissingValueFiles: false"))) == 1


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("*.yaml", 0),
        ("../envs/*/prod.yaml", 0),
        ("../envs/*/*/prod.yaml", 0),
        ("../envs/**/west/prod.yaml", 0),
        ("../envs/**/eu/prod.yaml", 0),
        ("../envs/[^a]u/pro?.yaml", 0),
        ("../envs/*.yaml", 1),
        ("../envs/[^e]u/prod.yaml", 1),
        ("../envs/**/test.yaml", 1),
        ("*.yml", 1),
    ],
)
def test_pattern_has_to_fit_a_file(pattern: str, count: int) -> None:
    """A star crosses no slash, and `**/` stands for any folders or none."""
    assert len(found(of_folder(pattern))) == count


def test_file_of_another_source_is_looked_for_from_the_top() -> None:
    """However many folders that source reads."""
    deploy = f"{OURS}, path: deploy"
    assert found(of_chart("$values/envs/eu/prod.yaml", deploy)) == []
    assert len(found(of_chart("$values/values.yaml", deploy))) == 1
    assert len(found(of_chart("$values/envs/*/test.yaml", deploy))) == 1


def test_values_files_show_whose_repository_it_is() -> None:
    """Where no folder does: one of them that is there is enough, unless its name could be anybody's."""
    text = of_chart("FILE', '$values/envs/eu/gone.yaml")
    assert len(found(text.replace("FILE", "$values/envs/eu/prod.yaml"))) == 1
    assert found(text.replace("FILE", "$values/values.yaml"), FILES | {"values.yaml"}) == []


@pytest.mark.parametrize(
    "values",
    ["repoURL: 'https://git.example.org/other.git', targetRevision: main", OURS.replace("main", "v1.2.3")],
)
def test_file_of_another_repository_or_revision_is_left_alone(values: str) -> None:
    """Nobody knows what is in it, though the tree's own is known beside it."""
    own = f"{{{OURS}, path: deploy, helm: {{valueFiles: [values.yaml]}}}}, {{{CHART}"
    assert found(of_chart("$values/envs/eu/gone.yaml", values).replace(f"{{{CHART}", own)) == []


@pytest.mark.parametrize(
    "file", ["https://example.org/gone.yaml", "secrets+age-import://key?gone.yaml", "$ARGOCD_ENV.yaml"]
)
def test_file_that_nobody_can_look_for_is_left_alone(file: str) -> None:
    """It is fetched, decrypted, or its name filled in."""
    assert found(of_folder(file)) == []
    assert found(of_chart("gone.yaml", f"{OURS}, path: deploy")) == []


def test_file_behind_a_link_is_left_alone() -> None:
    """Links are listed and not followed."""
    assert found(of_folder("linked/gone.yaml"), FILES | {"deploy/linked"}) == []
    assert found(of_folder("linked/*.yaml"), FILES | {"deploy/linked"}) == []


def test_folder_that_is_not_there_is_told_alone() -> None:
    """The values files in it are not there either, and that says nothing more."""
    known = f"{{{OURS}, path: deploy, helm: {{valueFiles: [values.yaml]}}}}"
    gone = f"{{{OURS}, path: gone, helm: {{valueFiles: [values.yaml]}}}}"
    ((message, _),) = found(f"source: null\nsources: [{known}, {gone}]")
    assert message.startswith("the folder 'gone'")
