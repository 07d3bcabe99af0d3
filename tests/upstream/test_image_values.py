"""The values that name images hold, in upstream's own files, what our table says they hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from trimtab.catalogue.chart import ChartPin
from trimtab.catalogue.chart_facts import known_charts
from trimtab.catalogue.image_value_rows import ROWS
from trimtab.catalogue.image_values import ImageValue, image_values
from trimtab.findings.path import get_value
from trimtab.images.reference import find_reference

pytestmark = pytest.mark.unmeasured

_FOLDERS = {"tigera-operator": "calico"}
"""Charts whose values lie in a folder that is named for something else."""
_SHORTER = {"cert-manager", "csi-driver-nfs", "ingress-nginx", "traefik"}
"""Charts that put an image together from more values than the ones that we set."""


def default_of(row: ImageValue, values: Any) -> str | None:
    """Give the image that upstream's values name, nothing where they leave it to a chart below."""
    repository, registry = (get_value(values, path) if path else None for path in (row.repository, row.registry))
    if row.registry and not row.repository:
        return f"{registry}/{row.image.partition('/')[2]}" if registry else None
    return f"{registry}/{repository}" if registry and repository else repository


@pytest.mark.parametrize(("chart", "version"), [one for one in known_charts() if one[0] in ROWS])
def test_each_value_holds_the_image_of_our_table(upstream: Path, chart: str, version: str) -> None:
    """Whether it is written with `docker.io` or without."""
    file = upstream / _FOLDERS.get(chart, chart) / version / "values.yaml"
    if not file.is_file():
        pytest.skip(f"no values of {chart} {version} at hand")
    values = yaml.safe_load(file.read_text())
    pin = ChartPin(component="x", chart=chart, version=version, app_version="", repo_url="", oci=False)
    found = [(row.image, default) for row in image_values(pin) if (default := default_of(row, values))]
    assert found or chart in _SHORTER
    for image, default in found:
        ours, theirs = find_reference(image), find_reference(default.lstrip("/"))
        assert ours is not None
        assert theirs is not None
        assert chart in _SHORTER or theirs.name == ours.name
        assert theirs.repository.endswith(ours.repository)
