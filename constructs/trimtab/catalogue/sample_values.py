"""Values that show more of a chart than its own do, so that facts of each release are made of the same inputs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from trimtab.documents.reader import parse_yaml


@cache
def sample_values(chart: str) -> tuple[Mapping[str, Any], ...]:
    """Give the inputs that a chart is rendered with for its facts, whatever its version: first its own values.

    Others stand in `samples/<chart>.yaml` beside this module, one document each: what a chart leaves out by itself and
    our components switch on, such as its definitions. What nobody switches on stays out, for the kinds and namespaces
    of a chart's facts are what an AppProject allows.

    Args:
        chart: The name of a chart; one that has no such file has its own values only.
    """
    file = files("trimtab.catalogue").joinpath("samples", f"{chart}.yaml")
    documents = parse_yaml(file.read_bytes(), file="").documents if file.is_file() else ()
    return ({}, *(document.value for document in documents if isinstance(document.value, dict)))
