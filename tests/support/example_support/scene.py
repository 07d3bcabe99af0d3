"""What an example needs beside files that lie in Git, as its `scene.yaml` says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from trimtab.rules.pages import SCENE

Recipe = Mapping[str, Any]
"""How bytes are made: see `made_bytes`."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is set up around an example before its command is run."""

    told: str = ""
    """The same for people, in a sentence or two: `trimtab explain` shows it."""
    files: Mapping[str, Recipe] = field(default_factory=dict)
    """What is written over the example, by path below its top."""
    served: Mapping[str, Recipe | Sequence[Recipe]] = field(default_factory=dict)
    """What `https://charts.example.org` answers, by path; of a list one after the other, the last for ever."""
    vendored: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Charts that are locked and kept in the repository in place of upstream's: name to files."""
    helm: str = ""
    """`none` where the path has no helm, a version for one that says so; else the pinned one, for what is vendored."""
    before: Sequence[str] = ()
    """Commands that are run first."""
    then: Mapping[str, Recipe] = field(default_factory=dict)
    """What is written after those."""


def read_scene(example: Path) -> Scene:
    """Read the scene of an example; an empty one where it needs none. A misspelt word in it is an error."""
    file = example / SCENE
    return Scene(**yaml.safe_load(file.read_text("utf-8"))) if file.is_file() else Scene()
