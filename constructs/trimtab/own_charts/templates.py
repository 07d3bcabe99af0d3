"""Our objects as templates that helm renders to the same objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trimtab.documents.writer import render_yaml
from trimtab.synth.outdir import escape_for_helm
from trimtab.tree.names import object_file_name

_END = "# end\n"
"""helm cuts blanks and empty lines off the end of what it renders (helm v3.18.0 pkg/releaseutil/manifest.go), and a
text that ends with them would lose them: a comment stands behind."""


_NO_OBJECTS = {"templates/_none.tpl": b"{{- /* no objects of our own: all come from upstream's chart */ -}}\n"}
"""helm warns of a chart without that folder, and takes a file with `_` in front for no object."""


def plan_templates(manifests: Sequence[Mapping[str, Any]]) -> Mapping[str, bytes]:
    """Give templates by path inside the chart, one object each.

    Raises:
        ValueError: An object has no kind, version or name.
    """
    return (
        _NO_OBJECTS
        if not manifests
        else {f"templates/{object_file_name(one)}": render_template(one).encode() for one in manifests}
    )


def render_template(manifest: Mapping[str, Any]) -> str:
    """Write one object so that helm finds no action in it and takes nothing off its end."""
    return escape_for_helm(render_yaml(manifest)) + _END
