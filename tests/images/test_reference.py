"""The names of images are read as container runtimes read them, and written so that nothing is left to the reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trimtab.images.reference import (
    Reference,
    ReferenceRefusedError,
    find_reference,
    host_of,
    parse_reference,
)

SHA = "sha256:" + "0a" * 32
PARTS = st.from_regex(r"[a-z0-9]+((\.|_|__|-{1,3})[a-z0-9]+){0,2}", fullmatch=True)
HOSTS = st.one_of(
    st.from_regex(r"[a-z0-9]([a-z0-9-]{0,5}[a-z0-9])?(\.[a-z]{2,5}){1,2}", fullmatch=True),
    st.ip_addresses(v=6).map(lambda address: f"[{address}]"),
    st.ip_addresses(v=4).map(str),
    st.just("localhost"),
)
REGISTRIES = st.builds(
    lambda host, port: f"{host}:{port}" if port else host, HOSTS, st.one_of(st.none(), st.integers(1, 65535))
).filter(lambda registry: registry != "index.docker.io")
TAGS = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
DIGESTS = st.binary(min_size=32, max_size=32).map(lambda value: f"sha256:{value.hex()}")


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """Make a reference with everything written out."""
    digest = draw(st.one_of(st.none(), DIGESTS))
    return Reference(
        registry=draw(REGISTRIES),
        repository="/".join(draw(st.lists(PARTS, min_size=2, max_size=4))),
        tag=draw(TAGS if digest is None else st.one_of(st.none(), TAGS)),
        digest=digest,
    )


@given(references())
def test_what_is_written_reads_back(reference: Reference) -> None:
    """Writing a reference and reading it gives the same one."""
    assert parse_reference(str(reference)) == reference


@given(st.text(max_size=60))
def test_reading_twice_changes_nothing(text: str) -> None:
    """Whatever is a reference is written in a form that stands for itself, and nothing else ends the reader."""
    reference = find_reference(text)
    if reference is not None:
        assert parse_reference(str(reference)) == reference


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("busybox", "docker.io/library/busybox:latest"),
        ("busybox:1.37", "docker.io/library/busybox:1.37"),
        ("rook/ceph:v1.20.6", "docker.io/rook/ceph:v1.20.6"),
        ("docker.io/traefik:v3.7.11", "docker.io/library/traefik:v3.7.11"),
        ("index.docker.io/rook/ceph:v1", "docker.io/rook/ceph:v1"),
        ("localhost/a:1", "localhost/a:1"),
        ("localhost:5000/a", "localhost:5000/a:latest"),
        ("host:5000/a/b:v1", "host:5000/a/b:v1"),
        ("host:5000", "docker.io/library/host:5000"),
        ("Registry.example.org/a:1", "registry.example.org/a:1"),
        ("[2001:DB8::1]:5000/a:1", "[2001:db8::1]:5000/a:1"),
        ("[2001:db8::1]/a", "[2001:db8::1]/a:latest"),
        (f"quay.io/a/b@{SHA}", f"quay.io/a/b@{SHA}"),
        (f"quay.io/a/b:v1@{SHA}", f"quay.io/a/b:v1@{SHA}"),
    ],
)
def test_what_is_left_out_is_filled_in(text: str, written: str) -> None:
    """Registry, `library/` and `latest` are what Docker, containerd and the kubelet take for granted."""
    assert str(parse_reference(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        " busybox",
        "busybox\n",
        "quay.io/",
        "quay.io/A/b:1",
        "quay.io//b:1",
        "https://quay.io/a/b",
        "quay.io/a:",
        "quay.io/a:.tag",
        "quay.io/a:" + "x" * 129,
        "quay.io/a@sha256:abc",
        f"quay.io/a@{SHA.upper()}",
        f"quay.io/a@sha512:{'0a' * 32}",
        "0a" * 32,
        "[2001:db8:::1]/a",
        "2001:db8::1/a",
        "a/" * 130 + "a",
        "-host.example.org/a:1",
        "ünïcode/a:1",
    ],
)
def test_what_runtimes_refuse_is_refused(text: str) -> None:
    """A text that no runtime would pull is no reference."""
    with pytest.raises(ReferenceRefusedError):
        parse_reference(text)


def test_digest_says_what_is_pulled() -> None:
    """With a digest the tag is only told."""
    assert parse_reference(f"quay.io/a/b:v1@{SHA}").version == SHA
    assert parse_reference("quay.io/a/b:v1").version == "v1"


@pytest.mark.parametrize(
    ("registry", "host"), [("quay.io", "quay.io"), ("a.b:5000", "a.b"), ("[::1]:5000", "::1"), ("[::1]", "::1")]
)
def test_host_has_no_port(registry: str, host: str) -> None:
    """An IPv6 address is told from its port."""
    assert host_of(registry) == host
