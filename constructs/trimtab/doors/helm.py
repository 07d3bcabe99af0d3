"""The door to helm: which one is there, and what it makes of a chart, far from the user's own configuration."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from trimtab.doors.errors import OutsideError

OUTPUT_LIMIT = 64 * 1024 * 1024
"""The most bytes a chart may render to; the largest of the catalogue, all of Prometheus, gives five million."""

TIME_LIMIT_S = 120.0
"""Seconds that one render may take; a large chart takes half of one."""

_COMPLAINT_LIMIT = 64 * 1024
_DEAD_PROXY = "http://127.0.0.1:9"
"""The discard port: helm follows addresses in a chart's schema, and here they lead nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Helm:
    """The helm that is used."""

    path: str
    version: str
    """What it says of itself, such as `v4.1.4`; empty where it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelmEnded:
    """How a run of helm ended."""

    code: int
    output: bytes
    complaint: str
    """What it wrote to stderr; paths in it are relative to the folder it ran in."""


class HelmRunner(Protocol):
    """Runs helm: `run_helm`, or a fake."""

    def __call__(
        self, helm: Helm, arguments: Sequence[str], files: Mapping[str, bytes], *, elsewhere: bool = False
    ) -> HelmEnded:
        """Run helm to its end in a folder that has these files and nothing else, `elsewhere` on another day."""


def read_helm(environment: Mapping[str, str]) -> Helm | None:
    """Find helm on the path and ask it for its version.

    Returns:
        Nothing where the path has no helm.

    Raises:
        OutsideError: It cannot be run.
    """
    path = shutil.which("helm", path=environment.get("PATH", ""))
    if path is None:
        return None
    unknown = Helm(path=os.path.abspath(path), version="")  # noqa: PTH100 - links stay as they are
    ended = run_helm(unknown, ["version", "--template", "{{.Version}}"], {})
    said = ended.output.decode("utf-8", "replace").strip() if ended.code == 0 else ""
    return Helm(path=unknown.path, version=said)


def run_helm(
    helm: Helm,
    arguments: Sequence[str],
    files: Mapping[str, bytes],
    *,
    elsewhere: bool = False,
    timeout_s: float = TIME_LIMIT_S,
    limit: int = OUTPUT_LIMIT,
) -> HelmEnded:
    """Run helm in a new folder, without the user's plugins, repositories, cluster and credentials, and off the network.

    Args:
        helm: The program.
        arguments: Seen by everybody on the machine, so never a secret: values go in a file.
        files: Name to content of what lies in the folder.
        elsewhere: Whether it runs in a time zone in which it is another day, where the machine knows one.
        timeout_s: Seconds after which it is stopped.
        limit: The most bytes it may write.

    Returns:
        How it ended; where a limit stopped it, with code -1 and the reason as its complaint.

    Raises:
        OutsideError: It cannot be started, or the folder cannot be made.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="trimtab-helm-") as folder:
            for name, content in files.items():
                Path(folder, name).write_bytes(content)
            environment = {**_plan_environment(folder), "TZ": _another_day() if elsewhere else "UTC"}
            return _run([helm.path, *arguments], environment, folder, timeout_s, limit)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutsideError(f"cannot run {helm.path}: {reason}") from error


def _run(command: list[str], environment: Mapping[str, str], folder: str, timeout_s: float, limit: int) -> HelmEnded:
    complaint = Path(folder, "complaint")
    with complaint.open("wb") as stderr:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stderr
        )
    stopped = threading.Event()

    def stop() -> None:
        stopped.set()
        process.kill()

    timer = threading.Timer(timeout_s, stop)
    timer.start()
    with process:
        output = process.stdout.read(limit + 1) if process.stdout else b""
        if len(output) > limit:
            process.kill()
    timer.cancel()
    if stopped.is_set():
        return HelmEnded(code=-1, output=b"", complaint=f"Error: it was not done after {timeout_s:g} s")
    if len(output) > limit:
        return HelmEnded(code=-1, output=b"", complaint=f"Error: it renders more than {limit} bytes")
    with complaint.open("rb") as written:
        said = written.read(_COMPLAINT_LIMIT).decode("utf-8", "replace")
    return HelmEnded(code=process.returncode, output=output, complaint=said.replace(f"{folder}/", ""))


def _plan_environment(folder: str) -> dict[str, str]:
    """Give an environment in which helm finds nothing of the user's; source of the names: `helm env`."""
    home = f"{folder}/home"
    return {
        "HOME": home,
        "TMPDIR": folder,
        "PATH": "",
        "LANG": "C.UTF-8",
        "XDG_CACHE_HOME": home,
        "XDG_CONFIG_HOME": home,
        "XDG_DATA_HOME": home,
        "HELM_NO_PLUGINS": "1",
        "HELM_PLUGINS": f"{home}/plugins",
        "KUBECONFIG": f"{home}/kubeconfig",
        "HTTP_PROXY": _DEAD_PROXY,
        "HTTPS_PROXY": _DEAD_PROXY,
    }


def _another_day() -> str:
    """Give a time zone in which the date is not that of UTC: 14 hours ahead in its afternoon, else 12 behind."""
    return "Pacific/Kiritimati" if time.gmtime().tm_hour >= 12 else "Etc/GMT+12"
