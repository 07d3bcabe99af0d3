"""A real registry, and images of a few hundred bytes to put into it."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import socket
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import bcrypt
import urllib3

PROGRAM = shutil.which("docker-registry")
_OCI = "application/vnd.oci.image"
INDEX = f"{_OCI}.index.v1+json"


@contextmanager
def serve_registry(folder: Path, *, user: str | None = None, password: str = "") -> Iterator[str]:
    """Run docker-registry on a free port.

    Args:
        folder: Where it keeps its data; it is made.
        user: Who alone is let in; anybody where none is named.
        password: That user's.

    Returns:
        Host and port.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{free.getsockname()[1]}"
    folder.mkdir()
    config = folder / "config.yml"
    config.write_text(
        f"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {folder}/data}}}}\n"
        f"http: {{addr: '{where}'}}\n{_plan_access(folder, user, password) if user else ''}"
    )
    process = subprocess.Popen(
        [str(PROGRAM), "serve", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(f"http://{where}/v2/")
        yield where
    finally:
        process.terminate()
        process.wait(60)


def _plan_access(folder: Path, user: str, password: str) -> str:
    users = folder / "htpasswd"
    users.write_bytes(user.encode() + b":" + bcrypt.hashpw(password.encode(), bcrypt.gensalt(4)) + b"\n")
    return f"auth: {{htpasswd: {{realm: test, path: {users}}}}}\n"


def push_image(where: str, repository: str, tag: str) -> str:
    """Push an image for two processors; gives the digest of their list."""
    base = f"http://{where}/v2/{repository}"
    plain = io.BytesIO()
    tarfile.open(fileobj=plain, mode="w").close()
    layer = gzip.compress(plain.getvalue(), mtime=0)
    manifests = []
    for processor in ("amd64", "arm64"):
        files = {"type": "layers", "diff_ids": [_digest(plain.getvalue())]}
        config = json.dumps({"architecture": processor, "os": "linux", "rootfs": files, "config": {}}).encode()
        manifest = {
            "schemaVersion": 2,
            "mediaType": f"{_OCI}.manifest.v1+json",
            "config": {"mediaType": f"{_OCI}.config.v1+json", **_push_blob(base, config)},
            "layers": [{"mediaType": f"{_OCI}.layer.v1.tar+gzip", **_push_blob(base, layer)}],
        }
        platform = {"os": "linux", "architecture": processor}
        manifests.append(
            {**_push_manifest(base, _digest(json.dumps(manifest).encode()), manifest), "platform": platform}
        )
    index = {"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests}
    return str(_push_manifest(base, tag, index)["digest"])


def has_image(where: str, repository: str, version: str) -> bool:
    """Say whether a registry has an image for all its processors, by tag or digest."""
    url = f"http://{where}/v2/{repository}/manifests/{version}"
    return urllib3.request("HEAD", url, headers={"accept": INDEX}).status == 200


def _push_blob(base: str, content: bytes) -> dict[str, Any]:
    place = urllib3.request("POST", f"{base}/blobs/uploads/").headers["location"]
    urllib3.request("PUT", f"{place}{'&' if '?' in place else '?'}digest={_digest(content)}", body=content)
    return {"digest": _digest(content), "size": len(content)}


def _push_manifest(base: str, reference: str, manifest: dict[str, Any]) -> dict[str, Any]:
    content, kind = json.dumps(manifest).encode(), manifest["mediaType"]
    urllib3.request("PUT", f"{base}/manifests/{reference}", body=content, headers={"content-type": kind})
    return {"mediaType": kind, "digest": _digest(content), "size": len(content)}


def _digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def _wait(url: str) -> None:
    for _ in range(1500):
        try:
            urllib3.request("GET", url, retries=False)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("docker-registry did not start")
