"""The objects in a tree of files, and what in it is something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trimtab.catalogue.kinds import scope
from trimtab.documents.document import Value
from trimtab.documents.values import Values, parse_values
from trimtab.findings.finding import Finding
from trimtab.findings.path import ROOT, Path
from trimtab.kube.manifests import split_api_version
from trimtab.verify.files.folders import find_charts, folder_of, has_template, is_below
from trimtab.verify.files.found import Found, NoObject, is_configuration, is_object
from trimtab.verify.kustomize.graph import Graph
from trimtab.verify.reading import fields_of, iter_fields, text_of

CHART, KUSTOMIZE, TEMPLATE, OTHER = "of Helm charts", "of Kustomize", "templates", "without an object"
"""What files are that hold no object as it would be applied."""

_OF_TOOLS = frozenset({"backstage.io", "cli.kyverno.io", "k3d.io", "kind.x-k8s.io", "skaffold"})
"""Groups of files that a tool reads, which look like objects; no API server is sent one."""
_KINDS_OF_TOOLS = frozenset(
    {
        ("", "AgentConfig"),
        ("argoproj.io", "ConfigManagementPlugin"),
        ("projectcalico.org", "Node"),
        ("projectcalico.org", "WorkloadEndpoint"),
    }
)
"""What OpenShift's agent-based installer reads, what the repo server's sidecars do (argo-cd, operator-manual/
config-management-plugins), and what calicoctl alone does, for Calico's API server has neither kind."""
_ISTIOCTL = ("install.istio.io", "IstioOperator")
"""What `istioctl install -f` reads, which asks for no name; the operator that had one in a cluster is gone since Istio
1.24."""
_CONTROL_PLANE = frozenset({"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"})
"""The pods that kubeadm writes, and lays patches over (kubeadm v1.36 app/util/patches)."""
_PLACEHOLDERS = ("{{", "${")


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What a tree of files holds."""

    objects: list[Found] = field(default_factory=list)
    no_objects: list[NoObject] = field(default_factory=list)
    configurations: list[Found] = field(default_factory=list)
    """Documents of kubeadm and the kubelet, which look like objects and have no name."""
    findings: list[Finding] = field(default_factory=list)
    """What is wrong with the text of files."""
    left_out: Counter[str] = field(default_factory=Counter)
    """How many files were left out, by what they are."""
    files: int = 0
    """How many files hold an object."""

    @property
    def count(self) -> int:
        """How many things were found."""
        return len(self.objects) + len(self.no_objects) + len(self.configurations)


ParseAll = Callable[[Mapping[str, bytes]], Iterable[Values]]
"""Gives what each of some files says, in their order."""


def parse_each(files: Mapping[str, bytes]) -> Iterator[Values]:
    """Read files one by one."""
    return (parse_values(content, file=file) for file, content in files.items())


def gather_objects(
    files: Mapping[str, bytes], parse_all: ParseAll = parse_each, graph: Graph | None = None
) -> Gathered:
    """Find the objects in a tree.

    Args:
        files: The bytes of each file by its path in the tree, with `/` between the parts.
        parse_all: What reads them.
        graph: The kustomizations among them; they are looked for where none are given.
    """
    graph = Graph(files) if graph is None else graph
    gathered = Gathered(findings=list(graph.findings))
    wanted = dict(_iter_wanted(gathered, files, graph))
    for (file, content), read in zip(wanted.items(), parse_all(wanted), strict=True):
        _gather_file(gathered, file, content, read)
    return gathered


def _iter_wanted(gathered: Gathered, files: Mapping[str, bytes], graph: Graph) -> Iterator[tuple[str, bytes]]:
    charts = find_charts(files)
    for file, content in files.items():
        if is_below(folder_of(file), charts):
            gathered.left_out[CHART] += 1
        elif graph.keeps(file):
            gathered.left_out[KUSTOMIZE] += 1
        elif b"kind" not in content or b"apiVersion" not in content:
            gathered.left_out[OTHER] += 1
        else:
            yield file, content


def _gather_file(gathered: Gathered, file: str, content: bytes, read: Values) -> None:
    if read.findings and has_template(content):
        gathered.left_out[TEMPLATE] += 1
        return
    if any(_is_template(value) for value in read.values):
        gathered.left_out[TEMPLATE] += 1
        return
    before = gathered.count
    for document, value in enumerate(read.values):
        _gather_value(gathered, file, document, value, ROOT)
    if gathered.count > before:
        gathered.files += 1
        gathered.findings += read.findings
    elif read.findings and not read.values:
        gathered.findings += read.findings
    else:
        gathered.left_out[OTHER] += 1


def _gather_value(gathered: Gathered, file: str, document: int, value: Value, path: Path) -> None:
    if not isinstance(value, dict) or _is_of_tool(value):
        return
    kind, items = value.get("kind"), value.get("items")
    if isinstance(kind, str) and kind.endswith("List") and isinstance(items, list):
        for at, item in enumerate(items):
            _gather_value(gathered, file, document, item, (*path, "items", at))
        return
    problem = next(_iter_problems(value), None)
    if problem is not None:
        where, message = problem
        gathered.no_objects.append(NoObject(file=file, document=document, path=(*path, *where), message=message))
    elif is_object(value):
        gathered.objects.append(Found(manifest=value, file=file, document=document, path=path))
    elif is_configuration(value):
        gathered.configurations.append(Found(manifest=value, file=file, document=document, path=path))


def _is_template(value: Value) -> bool:
    """Say whether a document is one to be filled in, though it reads as YAML: its name has a place to fill."""
    metadata = value.get("metadata") if isinstance(value, dict) else None
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return isinstance(name, str) and any(mark in name for mark in _PLACEHOLDERS)


def _is_of_tool(value: Mapping[str, Any]) -> bool:
    group, _ = split_api_version(value.get("apiVersion"))
    kind = group, text_of(value, "kind")
    if group in _OF_TOOLS or kind in _KINDS_OF_TOOLS:
        return True
    name = fields_of(value, "metadata").get("name")
    if kind == _ISTIOCTL:
        return not name
    return kind == ("", "Pod") and isinstance(name, str) and name in _CONTROL_PLANE and _is_patch(value)


def _is_patch(pod: Mapping[str, Any]) -> bool:
    """Say whether a pod names no image at all, which another document must hold."""
    return not any("image" in container for _, container in iter_fields(pod, "spec", "containers"))


def _iter_problems(value: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Say what keeps a mapping from being an object that is clearly meant as one; others have a kind too."""
    api_version, kind, metadata = value.get("apiVersion"), value.get("kind"), value.get("metadata")
    if type(metadata) is dict and type(metadata.get("name")) is str and metadata["name"]:
        if api_version is None and kind is not None:
            yield ROOT, "the object has no apiVersion"
        if kind is None and api_version is not None:
            yield ROOT, "the object has no kind"
        return
    group, _ = split_api_version(api_version)
    if type(api_version) is not str or type(kind) is not str or scope(group, kind) is None:
        return
    if type(metadata) is not dict:
        yield ("metadata",) if metadata is not None else ROOT, "the object has no metadata"
    elif metadata.get("name") in (None, "") and not metadata.get("generateName"):
        yield ("metadata",), "the object has no metadata.name"
    elif metadata.get("name") is not None and type(metadata["name"]) is not str:
        yield ("metadata", "name"), "the metadata.name of the object is no text"
