"""From objects and values to files."""

from __future__ import annotations

import json
from typing import Any

import pytest

from trimtab.documents.writer import render_yaml
from trimtab.tree.file import FileSpec, content_digest
from trimtab.tree.layout import ApplicationFiles, Layout, file_digests, plan_files, render_values

CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "namespace": "web"}}


def render(value: Any) -> str:
    """Stand in for the canonical writer: JSON is YAML."""
    return f"---\n{json.dumps(value)}\n"


def laid_out(*applications: ApplicationFiles) -> Layout:
    """Lay out a cluster whose root holds a single object."""
    return plan_files("lab", root=CONFIG, root_objects=[CONFIG], applications=applications, render=render)


def test_every_file_has_its_place() -> None:
    """Root, root objects, values and manifests lie where Argo CD looks for them."""
    layout = laid_out(ApplicationFiles(name="harbor", values={"a": 1}, manifests=[CONFIG]))
    assert [file.path for file in layout.files] == [
        "lab/apps/harbor/manifests/configmap_web_a.yaml",
        "lab/apps/harbor/values.yaml",
        "lab/root.yaml",
        "lab/root/configmap_web_a.yaml",
    ]
    assert layout.findings == ()


def test_values_tell_argo_cd_to_pass_over() -> None:
    """A values file has the second-belt comment right after the document start, empty values too."""
    (values,) = (file for file in laid_out(ApplicationFiles(name="a", values={})).files if file.application)
    assert values.content == b"---\n# +argocd:skip-file-rendering\n{}\n"


def test_values_lie_below_no_source_path() -> None:
    """No values file lies below a folder that Argo CD reads objects from."""
    files = laid_out(ApplicationFiles(name="a", values={}, manifests=[CONFIG])).files
    sources = ("lab/root/", "lab/apps/a/manifests/")
    assert not [file for file in files if file.path.endswith("values.yaml") and file.path.startswith(sources)]


def test_no_chart_no_values_file() -> None:
    """An application without a chart has no values file, and one with nothing has no files."""
    assert not [file for file in laid_out(ApplicationFiles(name="a")).files if file.application]


@pytest.mark.parametrize("kind", ["ConfigMap", "Configmap"])
def test_two_objects_for_one_file_are_an_error(kind: str) -> None:
    """The same identity twice, or a kind that differs in letter case alone, is a finding and not a lost object."""
    layout = laid_out(ApplicationFiles(name="a", manifests=[CONFIG, {**CONFIG, "kind": kind}]))
    (finding,) = layout.findings
    assert finding.code == "duplicate-object"
    assert finding.message == "application 'a' has two objects for one file, configmap_web_a.yaml"


def test_digests_go_by_owner() -> None:
    """Each application's files are digested by path inside the cluster's folder; the others are the cluster's."""
    files = [FileSpec(path="lab/b", content=b"1", application="x"), FileSpec(path="lab/a", content=b"2")]
    assert file_digests(files, "x") == {"b": content_digest(b"1")}
    assert file_digests(files, None) == {"a": content_digest(b"2")}


def test_the_canonical_writer_fits() -> None:
    """The writer of all YAML begins with the document start that the comment goes after."""
    assert render_yaml({"a": 1}).startswith("---\n")
    assert render_values({"a": 1}) == "---\n# +argocd:skip-file-rendering\na: 1\n"
