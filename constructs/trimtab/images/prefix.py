"""What references to the images of a mirror begin with."""

from __future__ import annotations

from urllib.parse import urlsplit

_API = "/v2"
"""Where every registry's API begins (opencontainers/distribution-spec spec.md, Endpoints); a name leaves it out."""


def plan_prefix(mirror: str) -> str | None:
    """Give what a reference to an image in a mirror begins with.

    Args:
        mirror: The mirror's address, as the nodes are told it: with a path, all of the path up to the repository.

    Returns:
        Host and path without the API's own; nothing where no reference can say it: the mirror speaks plain HTTP, has
        its API somewhere else than at `/v2`, or needs a query.
    """
    parts = urlsplit(mirror)
    path = parts.path.rstrip("/")
    if parts.scheme != "https" or parts.query or parts.username is not None:
        return None
    if path and path != _API and not path.startswith(f"{_API}/"):
        return None
    return f"{parts.netloc.lower()}{path.removeprefix(_API)}"
