"""The names of time zones, as the IANA data base has them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def time_zones() -> frozenset[str]:
    """Give every name that Go's time.LoadLocation finds, but for `Local`, which Kubernetes refuses.

    Source: the IANA time zone data base, committed beside this module, so that every machine knows the same ones.
    """
    return frozenset(files("trimtab.catalogue.kubernetes").joinpath("time_zones.txt").read_text("utf-8").split())
