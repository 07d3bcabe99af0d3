"""Real repositories of Git in a folder of a test's own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgSign=false")


def run_git(folder: Path, *arguments: str) -> str:
    """Run Git in a folder, whatever this machine's user has configured, and give what it prints."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *IDENTITY, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def commit_all(folder: Path, message: str = "a change") -> str:
    """Commit everything in a folder, which becomes a repository where it is none; give the commit's hash."""
    if not (folder / ".git").exists():
        run_git(folder, "init", "--quiet", "--initial-branch", "main")
    run_git(folder, "add", "--all", "--force")
    run_git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return run_git(folder, "rev-parse", "HEAD").strip()
