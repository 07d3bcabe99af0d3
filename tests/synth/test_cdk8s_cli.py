"""The real cdk8s command line drives a project as its users know it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from trimtab.synth.node import find_wheel_node

ROOT = Path(__file__).resolve().parents[2]

LITTLE_MAIN = '''
"""A project of one cluster, built by the room alone."""
import sys
from os import environ
from pathlib import Path
from types import SimpleNamespace

from trimtab.documents.writer import render_yaml
from trimtab.synth.app import synthesize
from trimtab.synth.outdir import (
    escape_for_helm, plan_output, render_construct_metadata, render_left_out, select_for_helm
)
from trimtab.synth.records import ApplicationInput, ClusterInput, OwnObject

print("stdout of the app is nobody's")
names = ("a", "b")
objects = tuple(
    OwnObject(manifest={
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "namespace": "web"},
        "data": {"mode": "0o14", "template": 'say "{{ .Values.x }}"'},
    }) for name in names
)
web = ApplicationInput(name="web", namespace="web", objects=objects)
result = synthesize([ClusterInput(name="lab", applications=(web,))], root=Path.cwd())
output = plan_output(environ, "dist")
read = result.clusters[0].objects["web"]
texts = {f"lab/apps/web/manifests/configmap_web_{one.manifest['metadata']['name']}.yaml": render_yaml(one.manifest)
         for one in read}
texts["lab/apps/web/values.yaml"] = render_yaml({"size": 1})
texts["lab/index.json"] = "{}"
files = [SimpleNamespace(path=path, content=text.encode()) for path, text in texts.items()]
if output.helm:
    files, left_out = select_for_helm(files)
    print(render_left_out(left_out), file=sys.stderr)
if output.metadata:
    pairs = [(one.manifest["metadata"]["name"], one.construct_path) for one in read]
    files.append(SimpleNamespace(path="construct-metadata.json", content=render_construct_metadata(pairs).encode()))
for file in files:
    target = Path(output.dir) / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    text = file.content.decode()
    target.write_text(escape_for_helm(text) if output.helm else text)
'''

PLUGIN = """
exports.Names = class {
  constructor(props) { this.refused = props.refused; }
  async validate(context) {
    let found = false;
    for (const path of context.manifests)
      for (const one of context.parseManifest(path))
        if (one && one.kind === 'ConfigMap' && one.metadata.name === this.refused) {
          found = true;
          context.report.addViolation({ ruleName: 'names', recommendation: 'rename it', fix: '',
            violatingResources: [{ resourceName: one.metadata.name, manifestPath: path, locations: [] }] });
        }
    context.report.submit(found ? 'failure' : 'success', {});
  }
};
"""

# the command line, and each of its runs, takes seconds
pytestmark = [pytest.mark.slow, pytest.mark.unmeasured]

Cdk8s = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(params=["little", "real"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A project to run in: one that this room builds alone, or a copy of this repository's own."""
    here = tmp_path / "project"
    if request.param == "real":
        shutil.copytree(ROOT / "apps", here / "apps", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copyfile(ROOT / "cdk8s.yaml", here / "cdk8s.yaml")
    else:
        (here / "apps").mkdir(parents=True)
        (here / "apps" / "main.py").write_text(LITTLE_MAIN)
        (here / "cdk8s.yaml").write_text("language: python\napp: python apps/main.py\noutput: dist\n")
    return here


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A user's environment: this Python first on the path, no question to the registry about upgrades."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CDK8S_", "JSII_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    added = {
        "PATH": path,
        "PYTHONPATH": str(ROOT / "constructs"),
        "CDK8S_CHECK_UPGRADE": "false",
        "HOME": str(tmp_path),
    }
    return kept | added


@pytest.fixture
def cdk8s(cdk8s_cli: Path, project: Path, environment: dict[str, str]) -> Cdk8s:
    """Run `cdk8s` in the project through the wheel's Node, and expect an exit code."""

    def run(*arguments: str, expect: int = 0) -> subprocess.CompletedProcess[str]:
        command = [str(find_wheel_node()), str(cdk8s_cli), *arguments]
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == expect, done.stderr
        return done

    return run


@pytest.fixture
def own(project: Path, environment: dict[str, str]) -> dict[str, bytes]:
    """The tree that the project writes without the command line."""
    kind = _is_real(project)
    if kind not in _WRITTEN:
        trimtab = "from trimtab.cli.start import run; run()"
        command = ["-c", trimtab, "synth"] if kind else ["apps/main.py"]
        subprocess.run([sys.executable, *command], cwd=project, env=environment, check=True, capture_output=True)
        _WRITTEN[kind] = read_tree(project / "dist")
        shutil.rmtree(project / "dist")
    return _WRITTEN[kind]


_WRITTEN: dict[bool, dict[str, bytes]] = {}
"""The trees of the two projects, which no test changes before they are written."""


def _is_real(project: Path) -> bool:
    return (project / "apps" / "clusters").is_dir()


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def read_objects(texts: Iterable[str]) -> list[str]:
    """Every document in some order that is always the same."""
    return sorted(json.dumps(one, sort_keys=True) for text in texts for one in _iter_documents(text))


def _iter_documents(text: str) -> Iterator[Any]:
    yield from (one for one in yaml.load_all(text, Loader=yaml.CSafeLoader) if one is not None)


def add_plugin(project: Path, refused: str) -> None:
    """Have the project validated by a plugin of its own that refuses a name."""
    (project / "plug").mkdir()
    (project / "plug" / "package.json").write_text('{"name": "plug", "version": "0.0.1", "main": "index.js"}')
    (project / "plug" / "index.js").write_text(PLUGIN)
    step = {"package": "./plug", "version": "0.0.1", "class": "Names", "properties": {"refused": refused}}
    with (project / "cdk8s.yaml").open("a") as file:
        file.write(f"validations: {json.dumps([step])}\n")


def test_command_line_writes_the_same_bytes(cdk8s: Cdk8s, project: Path, own: dict[str, bytes]) -> None:
    """`cdk8s synth` gives the tree that the project gives by itself, and names its manifests."""
    said = cdk8s("synth").stdout
    assert read_tree(project / "dist") == own
    assert said.count("\n  - dist/") == sum(path.endswith(".yaml") for path in own)
    assert "nobody's" not in said


def test_output_goes_where_it_is_asked_to(cdk8s: Cdk8s, project: Path, own: dict[str, bytes]) -> None:
    """`--output` writes the same tree elsewhere and leaves the configured folder alone."""
    (project / "dist").mkdir()
    (project / "dist" / "mine.txt").write_text("mine")
    cdk8s("synth", "--output", "elsewhere")
    assert read_tree(project / "elsewhere") == own
    assert read_tree(project / "dist") == {"mine.txt": b"mine"}


def test_stdout_is_one_stream_of_documents(cdk8s: Cdk8s, own: dict[str, bytes]) -> None:
    """The command line joins files with nothing between; each of ours starts a document itself."""
    texts = [content.decode() for path, content in own.items() if path.endswith(".yaml")]
    assert read_objects([cdk8s("synth", "--stdout").stdout]) == read_objects(texts)


def test_validation_plugin_sees_every_manifest(cdk8s: Cdk8s, project: Path, own: dict[str, bytes]) -> None:
    """A plugin that finds nothing leaves the tree as it is but for the metadata it asked for."""
    add_plugin(project, refused="no-such-name")
    cdk8s("synth")
    assert read_tree(project / "dist").keys() - own.keys() == {"construct-metadata.json"}
    cdk8s("synth", "--no-validate")
    assert read_tree(project / "dist") == own


@pytest.mark.parametrize("project", ["little"], indirect=True)
def test_validation_report_names_the_construct(cdk8s: Cdk8s, project: Path) -> None:
    """A violation ends with exit code 2 and the path of the construct that made the object."""
    add_plugin(project, refused="b")
    cdk8s("synth", "--validation-reports-output-file", "report.json", expect=2)
    (report,) = json.loads((project / "report.json").read_text())["reports"]
    (violation,) = report["violations"][0]["violatingConstructs"]
    assert (violation["resourceName"], violation["constructPath"]) == ("b", "web/configmap-b")


def test_helm_format_is_a_chart_of_the_same_objects(
    cdk8s: Cdk8s, project: Path, own: dict[str, bytes], helm: Path
) -> None:
    """Helm renders the chart to our objects and nothing else; what is left out is said on stderr."""
    done = cdk8s("synth", "--format", "helm", "--chart-version", "1.2.3")
    assert "left out of the Helm chart" in done.stderr
    ours = [content.decode() for path, content in own.items() if "/manifests/" in path]
    assert len(list((project / "dist" / "templates").rglob("*.yaml"))) == len(ours)
    rendered = subprocess.run(
        [str(helm), "template", str(project / "dist")], capture_output=True, text=True, check=True
    )
    assert read_objects([rendered.stdout]) == read_objects(ours)
