"""A settings file: every refusal has a place in it, whatever the file holds."""

from __future__ import annotations

from fuzz_support.given import check_placed
from trimtab.documents.reader import parse_yaml
from trimtab.settings.check import check_settings
from trimtab.settings.layers import Layer, merge_layers
from trimtab.settings.renamed import rename_settings
from trimtab.settings.schemas import settings_validator
from trimtab.settings.versions import check_format

FILE = "apps/clusters/lab.yaml"


def fuzz(data: bytes) -> None:
    """Read bytes as the settings of a cluster, and hold them against the schema."""
    parsed = parse_yaml(data, file=FILE)
    found = list(parsed.findings)
    if len(parsed.documents) == 1 and isinstance(parsed.documents[0].value, dict):
        layer = Layer(file=FILE, document=parsed.documents[0])
        problems = check_format(layer)
        found += problems
        if not problems:
            layer, warnings = rename_settings(layer)
            found += warnings
            merged = merge_layers([layer])
            found += check_settings(merged, settings_validator(), {FILE: data.decode("utf-8", "replace")})
    for finding in found:
        check_placed(finding, FILE)
