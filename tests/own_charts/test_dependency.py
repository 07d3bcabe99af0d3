"""Upstream's chart as a dependency that helm itself can fetch."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
import yaml

from chart_support.made import digest, make_archive
from chart_support.registry import Registry
from chart_support.repository import publish
from chart_support.servers import serve, table
from helm_support.made import NEWEST, OLDEST
from own_chart_support.made import call_helm, make_ingredients, write_chart
from trimtab.charts.errors import ChartError
from trimtab.own_charts.dependency import helm_repository, lock_digest, plan_dependency

PROBE = make_archive("probe", "1.2.3")


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
@pytest.mark.parametrize("path", ["", "/a&b", "/ä"])
def test_helm_finds_our_lock_in_step_and_fetches_what_it_names(path: str, version: str, tmp_path: Path) -> None:
    """`helm dependency build` refuses a Chart.lock whose digest is not that of the JSON that Go writes."""
    files = {
        quote(f"{path}{name}", safe="/&"): reply for name, reply in publish(("probe", "1.2.3"), probe=PROBE).items()
    }
    with serve(table(files)) as server:
        address = f"{server.url}{path}"
        chart = write_chart(tmp_path, make_ingredients(address=address, archive=None))
        call_helm("repo", "add", "probe", address, home=tmp_path, version=version)
        built = call_helm("dependency", "build", chart, home=tmp_path, version=version)
    assert built.returncode == 0, built.stderr
    assert (chart / "charts" / "probe-1.2.3.tgz").read_bytes() == PROBE


def test_helm_refuses_a_lock_of_other_dependencies(tmp_path: Path) -> None:
    """So the test above shows something."""
    chart = write_chart(tmp_path, make_ingredients(archive=None))
    lock = yaml.safe_load((chart / "Chart.lock").read_text())
    (chart / "Chart.lock").write_text(yaml.safe_dump({**lock, "digest": lock_digest([])}))
    built = call_helm("dependency", "build", chart, home=tmp_path)
    assert "out of sync" in built.stderr


def test_helm_fetches_from_a_registry(tmp_path: Path) -> None:
    """Settings write no scheme for a registry, helm wants one."""
    registry = Registry(manifest_headers={"Content-Type": "application/vnd.oci.image.manifest.v1+json"})
    registry.push("charts/probe", "1.2.3", PROBE)
    registry.blobs[digest(b"{}")] = b"{}"
    with serve(registry.answer) as server:
        chart = write_chart(tmp_path, make_ingredients(address=f"{server.netloc}/charts", archive=None))
        built = call_helm("dependency", "build", chart, "--plain-http", home=tmp_path)
    assert built.returncode == 0, built.stderr
    assert (chart / "charts" / "probe-1.2.3.tgz").read_bytes() == PROBE


def test_addresses_are_written_as_helm_wants_them() -> None:
    """A slash at the end would be another repository for helm."""
    assert helm_repository("quay.io/jetstack/charts") == "oci://quay.io/jetstack/charts"
    assert helm_repository("oci://localhost:5000") == "oci://localhost:5000"
    assert helm_repository("https://charts.example.org/stable/") == "https://charts.example.org/stable"


def test_an_address_with_a_password_never_gets_into_a_chart() -> None:
    """Charts are given away."""
    with pytest.raises(ChartError, match="holds a user or password"):
        plan_dependency("probe", "1.2.3", "https://user:secret@charts.example.org")
