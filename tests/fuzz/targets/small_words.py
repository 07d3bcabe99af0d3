"""The small languages of single values: quantities, durations, schedules, images, versions, names."""

from __future__ import annotations

from fuzz_support.given import split, to_text
from trimtab.catalogue.versions import Version, parse_version
from trimtab.documents.scalars import render_key, resolve_exactly, resolve_plain
from trimtab.findings.suggest import suggest
from trimtab.kube.pins import find_moving_image
from trimtab.plan.quantities import parse_quantity, render_bytes, render_cores
from trimtab.rules.cron import iter_cron_faults
from trimtab.verify.argocd.durations import is_duration


def fuzz(data: bytes) -> None:
    """Read bytes as each of them."""
    text = to_text(data)
    amount = parse_quantity(text)
    if amount is not None:
        assert amount.is_finite()
        render_bytes(amount)
        render_cores(amount)
    is_duration(text, plain_seconds=True)
    assert all(fault for fault in iter_cron_faults(text))
    find_moving_image(text)
    word, *choices = (to_text(part) for part in split(data, 3))
    suggest(word, choices)
    resolve_plain(text)
    render_key(resolve_exactly(text))
    try:
        assert isinstance(parse_version(text), Version)
    except ValueError:
        return
