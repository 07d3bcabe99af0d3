"""Core manifests against Kubernetes' structures once everything is loaded: `after_start.py FOLDER MINOR exact|libyaml`.

Prints processor seconds of this process, files already in memory. `exact` is our reading and our schemas; `libyaml` is
only what a common fast reader needs for the same files, with no checking at all.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml

from trimtab.catalogue.kubernetes.structures import Minor, kinds_of
from trimtab.documents.values import parse_values
from trimtab.verify.kubernetes.schema import find_validator


def hold_exactly(files: Sequence[bytes], minor: Minor) -> None:
    """Read each file as Kubernetes does, and hold each object against the structure of its kind."""
    kinds = kinds_of(minor)
    for content in files:
        for manifest in parse_values(content, file="one.yaml").values:
            said = dict(manifest) if isinstance(manifest, dict) else {}
            group, _, version = str(said["apiVersion"]).rpartition("/")
            if not find_validator(minor, kinds[group, version, str(said["kind"])])(said):
                sys.exit(f"not valid: {manifest}")


def read_commonly(files: Sequence[bytes], _: Minor) -> None:
    """Read each file with libyaml."""
    for content in files:
        yaml.load(content, Loader=yaml.CSafeLoader)


WAYS: dict[str, Callable[[Sequence[bytes], Minor], None]] = {"exact": hold_exactly, "libyaml": read_commonly}


def main() -> None:
    """Do it once with the first files, so that everything is loaded, then with all, and print the seconds."""
    folder, minor, way = sys.argv[1:]
    files = [file.read_bytes() for file in sorted(Path(folder).rglob("*.yaml"))]
    major, _, number = minor.partition(".")
    do = WAYS[way]
    do(files[:20], (int(major), int(number)))
    begin = time.process_time()
    do(files, (int(major), int(number)))
    sys.stdout.write(f"{time.process_time() - begin}\n")


if __name__ == "__main__":
    main()
