"""Trees that we did not make, and what `verify` says of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from trimtab.pipeline.examining import Examined, examine_tree
from trimtab.pipeline.tree_source import open_tree

Verify = Callable[..., Examined]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Write files below a folder and verify that folder."""

    def run(files: dict[str, str | bytes], *, kubernetes: str | None = "1.35", today: date | None = None) -> Examined:
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return examine_tree(open_tree(str(tmp_path)), kubernetes=kubernetes, today=today)

    return run


@pytest.fixture
def found(verify: Verify, tmp_path: Path) -> Callable[..., list[str]]:
    """Verify files and give `code file:line:col` of each finding, the file relative to the tree."""

    def run(files: dict[str, str | bytes], **more: object) -> list[str]:
        return [render(one, tmp_path) for one in verify(files, **more).findings]

    return run


def render(finding: object, top: Path) -> str:
    """Write where a finding is."""
    place = finding.place  # type: ignore[attr-defined]
    where = f"{place.file.removeprefix(f'{top}/')}:{place.line}:{place.column}" if place else "nowhere"
    return f"{finding.code} {where}"  # type: ignore[attr-defined]
