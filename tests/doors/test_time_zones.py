"""Time zones are looked up one by one, and mean what the tz database means by them."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from trimtab.doors.time_zones import read_time_zone


def test_every_zone_is_found() -> None:
    """Whatever a list of all zones would name is a zone."""
    assert all(read_time_zone(name) is not None for name in sorted(available_timezones())[::20])


@pytest.mark.parametrize("name", ["", "Mars", "Europe", "Europe/Vienna/x", "../zoneinfo/UTC", "/etc/passwd", "a\0b"])
def test_what_is_no_zone_is_not(name: str) -> None:
    """Neither a folder of zones nor a path out of them."""
    assert read_time_zone(name) is None
