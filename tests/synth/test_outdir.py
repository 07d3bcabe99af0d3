"""Where the output goes, and what a Helm chart takes of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trimtab.synth.outdir import (
    Output,
    escape_for_helm,
    plan_output,
    render_construct_metadata,
    render_left_out,
    select_for_helm,
)
from trimtab.tree.file import FileSpec

SCAFFOLD = "apiVersion: v2\ndescription: Generated chart for repo\n"
PATHS = [
    "lab/root.yaml",
    "lab/root/application_argocd_web.yaml",
    "lab/index.json",
    "lab/apps/web/values.yaml",
    "lab/apps/web/manifests/service_web_web.yaml",
    "lab/bootstrap/10-kubeadm/config.yaml",
    "lab/apps/manifests/values.yaml",
]


def test_settings_decide_when_nobody_else_does() -> None:
    """Without the command line the configured folder is written."""
    assert plan_output({}, "dist") == Output(dir="dist")


def test_command_line_decides_over_settings() -> None:
    """CDK8S_OUTDIR wins, and validations ask for construct-metadata.json."""
    env = {"CDK8S_OUTDIR": "/elsewhere/x", "CDK8S_RECORD_CONSTRUCT_METADATA": "true"}
    assert plan_output(env, "dist") == Output(dir="/elsewhere/x", metadata=True)


@pytest.mark.parametrize(
    ("folder", "scaffold", "helm"),
    [
        ("dist/templates", SCAFFOLD, True),
        ("dist/templates", "", False),
        ("dist/templates", "apiVersion: v2\nname: my-own-chart\n", False),
        ("dist", SCAFFOLD, False),
    ],
)
def test_helm_is_known_by_its_scaffold(folder: str, scaffold: str, helm: bool) -> None:
    """A folder that merely is called templates is not Helm's: the chart beside it must be the command line's."""
    assert plan_output({"CDK8S_OUTDIR": folder}, "dist", read_text=lambda _: scaffold).helm is helm


def test_only_objects_go_into_a_helm_chart() -> None:
    """Values, indexes, bootstrap and Argo CD's own root are left out, and are named on stderr."""
    kept, left_out = select_for_helm([FileSpec(path=path, content=b"") for path in PATHS])
    assert [file.path for file in kept] == ["lab/apps/web/manifests/service_web_web.yaml"]
    assert len(left_out) == len(PATHS) - 1
    assert render_left_out(left_out) == (
        "left out of the Helm chart, which takes plain objects only: 6 files "
        "(lab/apps/manifests/values.yaml, lab/apps/web/values.yaml, lab/bootstrap/10-kubeadm/config.yaml and 3 more)"
    )
    assert render_left_out([]) == ""


def render_as_go(template: str) -> str:
    """What Go's template lexer makes of a template whose only action is a quoted string without escapes."""
    text, out = template, ""
    while (start := text.find("{{")) >= 0:
        end = text.index("}}", start)
        while text.count("`", start, end) % 2:
            end = text.index("}}", end + 1)
        action = text[start + 2 : end]
        assert not action.startswith("- ")
        assert not action.endswith(" -")
        out += text[:start] + action.strip().strip("`")
        text = text[end + 2 :]
    return out + text


@given(st.text(alphabet='{}-" a\n`', max_size=20))
def test_escaped_text_renders_to_itself(text: str) -> None:
    """Braces in any number, next to quotes, dashes and each other."""
    assert render_as_go(escape_for_helm(text)) == text


def test_helm_itself_gives_the_same_object_back(helm: Path, tmp_path: Path) -> None:
    """The real program renders an object full of template text to the very same object."""
    data = {"a": "{{ .Values.x }}", "b": "{{{{ {{- x -}} }}{", "c": "{{/* c */}}", "d": '{{ "{{" }}', "e": "`{{`\n{{{"}
    manifest = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "data": data}
    (tmp_path / "templates").mkdir()
    (tmp_path / "Chart.yaml").write_text("apiVersion: v2\nname: x\nversion: 1.0.0\n")
    (tmp_path / "templates" / "x.yaml").write_text(escape_for_helm(json.dumps(manifest)))
    done = subprocess.run([str(helm), "template", str(tmp_path)], capture_output=True, text=True, check=True)
    assert yaml.safe_load(done.stdout) == manifest


def test_construct_metadata_has_the_form_that_validations_read() -> None:
    """Version 1.0.0, a path by name; of two objects with one name the later stands."""
    text = render_construct_metadata([("a", "web/a"), ("b", "web/b"), ("a", "db/a")])
    assert json.loads(text) == {"version": "1.0.0", "resources": {"a": {"path": "db/a"}, "b": {"path": "web/b"}}}
