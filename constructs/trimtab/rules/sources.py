"""Rules on where charts and Git repositories lie."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from trimtab.catalogue.hosts import has_ipv6
from trimtab.findings.finding import Severity
from trimtab.kube.release import ChartRelease, Source, is_rendered
from trimtab.rules.rule import Problem, Rule, Subject


def check_source_without_ipv6(subject: Subject) -> Iterator[Problem]:
    """Find sources that an IPv6-only cluster cannot reach."""
    if subject.cluster.is_ipv6_only and not subject.cluster.settings.network.nat64:
        yield from _check_tree(subject)
        yield from _check_charts(subject)


def _check_tree(subject: Subject) -> Iterator[Problem]:
    host = _host(subject.cluster.settings.gitops.repo_url)
    if has_ipv6(host) is False:
        yield Problem(
            path=("gitops", "repoURL"),
            message=f"Argo CD fetches the tree from {host}, which has no IPv6, and this cluster has nothing else",
            help="keep the repository on a host with IPv6, or set network.nat64",
        )


def _check_charts(subject: Subject) -> Iterator[Problem]:
    paths = {application.name: application.path for application in subject.applications}
    for name, source in subject.sources.items():
        if is_rendered(source):
            continue  # Argo CD never asks for the chart
        url = source.pin.repo_url
        mirror = subject.cluster.settings.repositories.get(url)
        host = _host(mirror.mirror if mirror else url)
        if has_ipv6(host) is False:
            yield Problem(
                path=("repositories", url, "mirror") if mirror else paths[name],
                on_key=mirror is None,
                message=f"the application '{name}' comes from {host}, which has no IPv6,"
                " and this cluster has nothing else",
                help=_cure(url, source),
            )


def _cure(url: str, source: Source) -> str:
    mirror = f'name a mirror, repositories: {{"{url}": {{mirror: https://…}}}}'
    rendered = ", write `delivery: rendered`" if isinstance(source, ChartRelease) else ""
    return f"{mirror}{rendered}, or set network.nat64"


def _host(url: str) -> str:
    if url.startswith("git@"):
        return url.removeprefix("git@").partition(":")[0]
    return urlsplit(url if "://" in url else f"oci://{url}").hostname or url


RULES = (
    Rule(
        code="source-without-ipv6",
        severity=Severity.ERROR,
        soft=True,
        meaning="An IPv6-only cluster is to fetch from a host that has no IPv6.",
        why="github.com and ghcr.io have no AAAA record; the chart, image or repository cannot be fetched"
        " (the catalogue names where each host was looked at).",
        cure="Name a mirror in `repositories`, write `delivery: rendered`, keep your own repository on a host with "
        "IPv6, or set `network.nat64` where the network translates.",
        check=check_source_without_ipv6,
    ),
)
