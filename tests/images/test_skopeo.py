"""The real skopeo, where it is installed: it reads what we write, and copies what a node will pull."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from image_support import registry
from trimtab.images.listing import Listing, Needed, plan_listing
from trimtab.images.reference import parse_reference
from trimtab.images.render import render_list, render_skopeo
from trimtab.images.use import How

PROGRAM = shutil.which("skopeo")
needs_skopeo = pytest.mark.skipif(PROGRAM is None, reason="skopeo is not installed")
needs_registry = pytest.mark.skipif(registry.PROGRAM is None, reason="docker-registry is not installed")

NAMES = ("quay.io", "docker.io")
GOLDEN = Path(__file__).parent / "golden"
SHA = "sha256:594ceea76b01c592858f803f9ff4d2cb40542cae2060410b2c95f75907d659e1"
IMAGES = (
    "busybox",
    "busybox:1.37",
    "goharbor/harbor-core:v2.15.1",
    "ghcr.io/dexidp/dex:v2.45.1",
    "ecr-public.aws.com/docker/library/redis:8.2.3-alpine",
    f"registry.k8s.io/ingress-nginx/controller:v1.15.1@{SHA}",
    "registry.k8s.io/pause:3.10",
    "registry.k8s.io/etcd:3.6.6-0",
    "quay.io/a/b:1e3",
    "quay.io/a/b:0x1",
    "r.example.org:5000/a:1",
)


def listing(*images: str) -> Listing:
    """List images that one application needs."""
    needed = [Needed(application="shop", reference=parse_reference(one), how=How.CONTAINER) for one in images]
    return plan_listing("lab", needed)


def sync(*arguments: str, conf: Path | None = None) -> str:
    """Run `skopeo sync` and give what it says."""
    first = [str(PROGRAM), "--insecure-policy", *(["--registries-conf", str(conf)] if conf else [])]
    command = [*first, "sync", "--all", "--scoped", "--src", "yaml", "--dest", "docker", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.parametrize(("name", "render"), [("images.yaml", render_skopeo), ("images.txt", render_list)])
def test_files_for_programs_are_as_they_were(name: str, render) -> None:
    """Byte by byte: other people's scripts read them."""
    assert render([listing(*IMAGES)]) == (GOLDEN / name).read_text()


@needs_skopeo
def test_skopeo_reads_every_line_of_the_file() -> None:
    """Without asking anybody: what it would copy is what the list names, but for the registry with a port."""
    said = sync("--dry-run", str(GOLDEN / "images.yaml"), "127.0.0.1:1")
    wanted = {line for line in (GOLDEN / "images.txt").read_text().splitlines() if ":5000" not in line}
    assert set(re.findall(r'to="docker://127\.0\.0\.1:1/([^"]+)"', said)) == wanted


@needs_skopeo
@needs_registry
def test_a_mirror_has_what_nodes_ask_for(tmp_path: Path) -> None:
    """By tag and by digest, for all processors, below the registry's name; Docker Hub's short names are written out."""
    with registry.serve_registry(tmp_path / "from") as upstream, registry.serve_registry(tmp_path / "to") as mirror:
        digest = registry.push_image(upstream, "a/b", "v1")
        registry.push_image(upstream, "a/b", "1.10")
        registry.push_image(upstream, "library/c", "latest")
        conf = tmp_path / "registries.conf"
        places = (f'[[registry]]\nprefix = "{name}"\nlocation = "{upstream}"\ninsecure = true\n' for name in NAMES)
        conf.write_text("".join(places))
        (tmp_path / "images.yaml").write_text(
            render_skopeo([listing(f"quay.io/a/b:v1@{digest}", "quay.io/a/b:1.10", "c")])
        )
        sync("--dest-tls-verify=false", str(tmp_path / "images.yaml"), mirror, conf=conf)
        assert registry.has_image(mirror, "quay.io/a/b", digest)
        assert registry.has_image(mirror, "quay.io/a/b", "1.10")
        assert registry.has_image(mirror, "docker.io/library/c", "latest")
        assert not registry.has_image(mirror, "quay.io/a/b", "v1")
