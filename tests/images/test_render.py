"""Listings for people and for programs."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from trimtab.cli.images_text import render_text
from trimtab.images.listing import Listing, Needed, Unseen, plan_listing
from trimtab.images.reference import parse_reference
from trimtab.images.render import describe_listings, find_unsyncable, render_list, render_skopeo
from trimtab.images.use import How

SHA = "sha256:" + "0a" * 32


def listing(*images: str, cluster: str = "lab") -> Listing:
    """List images that one application needs."""
    needed = [Needed(application="shop", reference=parse_reference(one), how=How.CONTAINER) for one in images]
    mirrors: dict[str, tuple[str | None, bool]] = {"ghcr.io": ("https://m.example.org/v2/ghcr", False)}
    return plan_listing(cluster, needed, mirrors=mirrors, unseen=[Unseen(application="shop", why="nobody knows")])


def test_list_has_each_image_once_in_order() -> None:
    """Two clusters and two spellings of one image make one line."""
    text = render_list([listing("b:1", "quay.io/a:1"), listing("docker.io/library/b:1", cluster="other")])
    assert text == "docker.io/library/b:1\nquay.io/a:1\n"


def test_skopeo_is_given_digests_and_never_an_empty_list() -> None:
    """An empty list would mean all tags there are."""
    value = yaml.safe_load(render_skopeo([listing("busybox", f"quay.io/a/b:v1@{SHA}", "quay.io/a/b:1.10")]))
    assert value == {
        "docker.io": {"images": {"library/busybox": ["latest"]}},
        "quay.io": {"images": {"a/b": ["1.10", SHA]}},
    }


def test_list_gives_a_digest_without_its_tag() -> None:
    """Skopeo takes no reference with both."""
    assert render_list([listing(f"quay.io/a/b:v1@{SHA}")]) == f"quay.io/a/b@{SHA}\n"


def test_skopeo_is_not_given_what_it_cannot_put_into_a_path() -> None:
    """A port stops it, an IPv6 address is lost without an error; the rest is copied."""
    listings = [listing("r.example.org:5000/a:1", "[2001:db8::1]/b:1", "[::1]:5000/c:1", "quay.io/d:1")]
    assert list(yaml.safe_load(render_skopeo(listings))) == ["quay.io"]
    assert len(find_unsyncable(listings)) == 3


def test_registry_without_a_certificate_is_said_to_skopeo() -> None:
    """Only where it is asked itself; what stands in front of a mirror is the mirror's."""
    needed = [Needed(application="a", reference=parse_reference(f"{one}/a:1"), how=How.CHART) for one in ("a.b", "c.d")]
    mirrors: dict[str, tuple[str | None, bool]] = {"c.d": ("https://m.example.org/v2", False)}
    value = yaml.safe_load(render_skopeo([plan_listing("lab", needed, mirrors=mirrors, insecure={"a.b", "c.d"})]))
    assert value == {"a.b": {"tls-verify": False, "images": {"a": ["1"]}}, "c.d": {"images": {"a": ["1"]}}}


@given(st.lists(st.sampled_from(["a:1", "a:1.0", "a:1e3", f"a@{SHA}", "quay.io/b:true", "r.io/c:0x1"])))
def test_skopeo_file_names_what_the_list_names(images: list[str]) -> None:
    """Both say the same, and every tag is text to whoever reads YAML."""
    value = yaml.safe_load(render_skopeo([listing(*images)])) or {}
    named = {
        f"{registry}/{name}{'@' if ':' in version else ':'}{version}"
        for registry, one in value.items()
        for name, versions in one["images"].items()
        for version in versions
    }
    assert named == set(render_list([listing(*images)]).split())


def test_text_says_what_is_known_and_what_is_not() -> None:
    """Registry by registry: IPv6, the mirror, and what was not seen."""
    text = render_text(listing("ghcr.io/a/b:1", "quay.io/c:1", "r.example.org/d:1"))
    assert "lab: 3 images from 3 registries" in text
    assert "ghcr.io: no IPv6, nodes ask https://m.example.org/v2/ghcr" in text
    assert "quay.io: answers on IPv6" in text
    assert "r.example.org: IPv6 not known" in text
    assert "not seen\n  nobody knows: shop" in text


def test_only_what_all_applications_know_is_told_of_processors() -> None:
    """An image that two applications share exists for what both catalogues say."""
    image = parse_reference("quay.io/a:1")
    one, two, three = (
        Needed(application=name, reference=image, how=How.CHART, architectures=known)
        for name, known in (("a", ("amd64", "arm64")), ("b", ("amd64", "s390x")), ("c", ()))
    )
    (listed,) = plan_listing("lab", [one, two, three]).images
    assert listed.architectures == ("amd64",)
    assert listed.how == (How.CHART,)
    assert describe_listings([plan_listing("lab", [three])])[0]["images"][0]["architectures"] is None
