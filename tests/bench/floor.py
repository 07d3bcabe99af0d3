"""The floor: every object of a finished tree as a plain mapping, through our writer, to a file of its own.

Reading the tree back is not part of it, and is done in a process of its own: what is measured begins with the mappings.
"""

from __future__ import annotations

import marshal
import sys
from pathlib import Path

from bench_support.objects import iter_objects
from trimtab.documents.writer import render_yaml
from trimtab.doors.disk_writing import write_new


def main() -> None:
    """Write them, taken from a file of mappings beside the tree; the first call only makes that."""
    dist = Path(sys.argv[1])
    kept = dist.parent / "objects.marshal"
    if not kept.exists():
        kept.write_bytes(marshal.dumps(list(iter_objects(dist))))
        return
    folders = set()
    for path, value in marshal.loads(kept.read_bytes()):  # noqa: S302 - our own file of a minute ago
        folder, _, _ = path.rpartition("/")
        if folder not in folders:
            Path(folder).mkdir(parents=True, exist_ok=True)
            folders.add(folder)
        write_new(path, render_yaml(value).encode())


if __name__ == "__main__":
    main()
