"""The door to Docker's credential helpers: small programs that keep passwords in the system's keyring."""

from __future__ import annotations

import re
import subprocess

_TIMEOUT_S = 20.0
_LIMIT = 64 * 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def run_helper(name: str, server: str) -> str | None:
    """Ask a credential helper for one server's credentials.

    The server goes to its stdin, the credentials come from its stdout: nothing of either is an argument.
    Source: docker/docker-credential-helpers, README (`get`).

    Args:
        name: The helper, as Docker's configuration names it: `pass` is `docker-credential-pass`.
        server: The server, as the configuration spells it.

    Returns:
        The JSON it prints; nothing where it is not there, knows nothing, fails or takes too long: one can go on
        without, as a public registry needs none.
    """
    if not _NAME.fullmatch(name) or "\n" in server:
        return None
    try:
        done = subprocess.run(
            [f"docker-credential-{name}", "get"],
            input=server.encode(),
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout[:_LIMIT].decode("utf-8", "replace") if done.returncode == 0 else None
