"""Starts Git so that a repository's own configuration decides nothing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from trimtab.doors.errors import OutsideError
from trimtab.doors.process import Ended

_TIMEOUT_S = 60
"""Reading objects takes milliseconds; a limit is there for network file systems that hang."""

_CONFIG = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.pager=cat",
    "core.attributesFile=/dev/null",
    "gc.auto=0",
    "protocol.allow=never",
)
"""What a repository must not decide: a program that Git would start, or a fetch of what a partial clone left out."""

_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_KEPT = ("HOME", "PATH", "SYSTEMROOT", "TMPDIR", "XDG_CONFIG_HOME")
"""What Git is told of the caller's environment: the user's own configuration may say which folders are safe. Variables
of Git's own are left out, for a hook that calls us sets them."""


def read_output(folder: Path, arguments: Sequence[str], given: bytes = b"") -> bytes:
    """Read what Git writes, as bytes.

    Args:
        folder: Where it starts.
        arguments: Its own words.
        given: What it reads.

    Raises:
        OutsideError: Git is not there, takes too long, or fails.
    """
    done = _start(folder, arguments, given)
    if done.returncode != 0:
        raise OutsideError(f"git failed: {_ended(done).last_words}")
    return done.stdout


def run_git(folder: Path, arguments: Sequence[str]) -> Ended:
    """Run Git in a folder to its end, whatever that is.

    Raises:
        OutsideError: Git is not there, or takes too long.
    """
    return _ended(_start(folder, arguments, b""))


def _ended(done: subprocess.CompletedProcess[bytes]) -> Ended:
    return Ended(
        code=done.returncode,
        output=done.stdout.decode("utf-8", "surrogateescape"),
        complaint=done.stderr.decode("utf-8", "replace"),
    )


def _start(folder: Path, arguments: Sequence[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    settings = [word for one in _CONFIG for word in ("-c", one)]
    command = ["git", "--no-pager", "--no-replace-objects", "--literal-pathspecs", *settings, *arguments]
    try:
        return subprocess.run(
            command,
            cwd=folder,
            input=given,
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
            env=scrub_environment(os.environ),
        )
    except subprocess.TimeoutExpired as error:
        raise OutsideError(f"git did not answer within {_TIMEOUT_S} s") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        if str(error.filename) == str(folder):
            raise OutsideError(f"cannot look into {folder}: {reason}") from error
        raise OutsideError(f"cannot run git: {reason}", "install git, or put it on the path") from error


def scrub_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Give the environment that Git runs in: what is ours to say, and where the user's home and programs are."""
    return {name: environment[name] for name in _KEPT if name in environment} | _ENVIRONMENT
