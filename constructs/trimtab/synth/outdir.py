"""Where the output goes and in what form, as the cdk8s command line asks for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol, TypeVar

SCAFFOLD = "Generated chart for "
"""What the command line writes into the Chart.yaml it lays beside `templates/` (cdk8s-cli 2.207, synth.ts)."""

_QUOTED_BRACES = "{{ `{{` }}"
"""In backticks, so that the template is still YAML where the object's text stands in double quotes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What one run has to write."""

    dir: str
    """The folder, as it was named."""
    helm: bool = False
    """Whether Helm will read it as templates: plain objects only, escaped."""
    metadata: bool = False
    """Whether validations follow that want construct-metadata.json."""


class File(Protocol):
    """A file to be written, relative to the output folder."""

    @property
    def path(self) -> str:
        """Its path, with forward slashes."""

    @property
    def content(self) -> bytes:
        """All of it."""


AnyFile = TypeVar("AnyFile", bound=File)


def read_or_nothing(path: str) -> str:
    """The text of a file, empty if it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def plan_output(
    env: Mapping[str, str], configured: str, *, read_text: Callable[[str], str] = read_or_nothing
) -> Output:
    """Where to write: where the command line says, else where the settings say.

    The command line names its folder in CDK8S_OUTDIR: the one configured, a temporary one for `--stdout`, or
    `<output>/templates` for `--format helm`. It says the format nowhere else, so Helm's is known by the
    scaffold it has just laid beside that folder.

    Args:
        env: the environment of the process.
        configured: the folder in the settings.
        read_text: how to look at the scaffold; empty text for what is not there.
    """
    asked = env.get("CDK8S_OUTDIR", "")
    if not asked:
        return Output(dir=configured)
    folder = Path(asked)
    helm = folder.name == "templates" and SCAFFOLD in read_text(str(folder.parent / "Chart.yaml"))
    return Output(dir=asked, helm=helm, metadata=env.get("CDK8S_RECORD_CONSTRUCT_METADATA") == "true")


def render_construct_metadata(objects: Iterable[tuple[str, str]]) -> str:
    """The file by which the command line's validations name constructs, from pairs (object name, construct path).

    Its format knows a resource by its name alone; of two with one name the later stands, as in cdk8s itself.
    """
    resources = {name: {"path": path} for name, path in objects}
    return json.dumps({"version": "1.0.0", "resources": resources}, ensure_ascii=False, separators=(",", ":"))


def select_for_helm(files: Sequence[AnyFile]) -> tuple[list[AnyFile], list[AnyFile]]:
    """What can be a Helm template, and what is left out: values files, Argo CD's own root, indexes, bootstrap.

    Objects are the YAML files below `<cluster>/apps/<application>/manifests/`, or `rendered/`.
    """
    kept = [file for file in files if _is_manifest(file.path)]
    return kept, [file for file in files if not _is_manifest(file.path)]


def _is_manifest(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) > 4 and parts[1] == "apps" and parts[3] in {"manifests", "rendered"} and path.endswith(".yaml")


def escape_for_helm(text: str) -> str:
    """The text as a template that Helm renders back to the same text.

    An action starts at the first `{{` that Go's template lexer meets; `}}` alone means nothing to it.
    """
    return text.replace("{{", _QUOTED_BRACES)


def render_left_out(files: Sequence[File]) -> str:
    """One line for stderr on what a Helm chart does without, empty if it is nothing."""
    if not files:
        return ""
    paths = sorted(file.path for file in files)
    shown = ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
    return f"left out of the Helm chart, which takes plain objects only: {len(paths)} files ({shown})"
