"""How the checks of the API server's rules say what they found."""

from __future__ import annotations

from trimtab.findings.path import Path
from trimtab.verify.complaint import Complaint, Other
from trimtab.verify.entry import Entry


def complain(
    code: str,
    entry: Entry,
    path: Path,
    what: str,
    cure: str,
    *,
    on_key: bool = False,
    others: tuple[Other, ...] = (),
) -> Complaint:
    """Say what is wrong with an object.

    Args:
        code: The name of the bad thing.
        entry: The object.
        path: Where in it.
        what: What is wrong, to be read after the name of the object: `has no ports`.
        cure: What would be right.
        on_key: Whether the key that the path ends in is what is wrong.
        others: Other objects that belong to it.
    """
    hidden = (entry.group, entry.kind) == ("", "Secret")
    return Complaint(
        code=code,
        about=entry,
        path=path,
        message=f"{entry} {what}",
        help=cure,
        on_key=on_key,
        others=others,
        hide_source=hidden,
    )
