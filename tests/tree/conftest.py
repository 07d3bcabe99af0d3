"""What the tests of the tree share: a small cluster whose files and inventory agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from trimtab.tree.file import FileSpec, content_digest
from trimtab.tree.index import Index, render_index

MakeTree = Callable[[Mapping[str, str]], list[FileSpec]]


@pytest.fixture
def make_tree() -> MakeTree:
    """Make the files of cluster `lab` from texts by path inside its folder, with an inventory that lists them."""

    def make(texts: Mapping[str, str], cluster: str = "lab") -> list[FileSpec]:
        digests = {path: content_digest(text.encode()) for path, text in texts.items()}
        index = render_index(Index(version="0", cluster=cluster, kubernetes="1.34", files=digests))
        everything = {**texts, "index.json": index}
        return [FileSpec(path=f"{cluster}/{path}", content=text.encode()) for path, text in everything.items()]

    return make


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """An output folder that is not there yet."""
    return tmp_path / "dist"
