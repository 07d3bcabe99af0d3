"""What components say of keys is read as they mean it."""

from __future__ import annotations

import pytest

from trimtab.secrets.formats import FixedText, Format, HtpasswdLine, RandomBytes, RandomCharacters, parse_format


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("32 random characters", RandomCharacters(count=32)),
        ("24 random bytes in base64", RandomBytes(count=24)),
        ("a user name, such as admin", FixedText(text="admin")),
        ("the text https://git.example.org/x.git", FixedText(text="https://git.example.org/x.git")),
        ("bcrypt htpasswd line of harbor and PASSWD", HtpasswdLine(user="harbor", password_key="PASSWD")),
        ("a certificate in PEM", None),
        ("", None),
    ],
)
def test_formats_are_read(text: str, expected: Format | None) -> None:
    """Each form has one meaning, and everything else is for people."""
    assert parse_format(text) == expected
