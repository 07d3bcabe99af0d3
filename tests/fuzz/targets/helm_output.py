"""What helm writes, and the templates of charts that are read without helm."""

from __future__ import annotations

import contextlib

from fuzz_support.given import to_text
from trimtab.charts.hooks import is_hook, translate_hook
from trimtab.charts.images import find_images
from trimtab.charts.output import parse_output
from trimtab.charts.template_lexer import TemplateError
from trimtab.charts.template_parser import parse_template


def fuzz(data: bytes) -> None:
    """Read bytes as helm's output, and as one template."""
    output = parse_output(data)
    find_images(output.manifests)
    for manifest in output.manifests:
        if is_hook(manifest):
            translate_hook(manifest, "chart")
    with contextlib.suppress(TemplateError):
        parse_template(to_text(data))
