"""Formats are those that the API server enforces."""

from __future__ import annotations

import pytest

from trimtab.verify.custom.formats import FORMATS, normal_name


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("date-time", "2026-01-31T12:00:00.5+01:00", "2026-02-31T12:00:00Z"),
        ("date", "2026-01-31", "31.01.2026"),
        ("byte", "eA==", "x"),
        ("cidr", "10.0.0.1/8", "10.0.0.1"),
        ("cidr", "fd00::/8", "fd00::/200"),
        ("ipv4", "010.0.0.1", "fd00::1"),
        ("ipv6", "fd00::1", "10.0.0.1"),
        ("duration", "1h30m", "soon"),
        ("duration", "2 days", "2"),
        ("uuid", "00000000-0000-4000-8000-000000000000", "0"),
        ("mac", "00:11:22:aa:bb:cc", "00:11:22:aa:bb"),
        ("hexcolor", "#ff0000", "#ff00"),
        ("uri", "https://example.org/x", "example.org"),
        ("email", "a@example.org", "example.org"),
        ("hostname", "example.org", "exa mple"),
        ("k8s-short-name", "web-1", "Web"),
        ("k8s-long-name", "web.example.org", "web..example"),
    ],
)
def test_a_format_tells_right_from_wrong(name: str, right: str, wrong: str) -> None:
    """Each format takes what Go's reader takes, and refuses what is plainly another thing."""
    check = FORMATS[normal_name(name)]
    assert (check(right), check(wrong)) == (True, False)


def test_what_the_server_passes_over_is_passed_over() -> None:
    """int32 is no format of texts, and unknown ones do not count."""
    assert not {"int32", "int64", "quantity", "port"} & FORMATS.keys()
