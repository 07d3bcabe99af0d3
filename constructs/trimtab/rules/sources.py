"""Rules on where charts and Git repositories lie."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from trimtab.catalogue.hosts import has_ipv6
from trimtab.findings.finding import Severity
from trimtab.rules.rule import Problem, Rule, Subject


def check_source_without_ipv6(subject: Subject) -> Iterator[Problem]:
    """Find sources that an IPv6-only cluster cannot reach."""
    settings = subject.cluster.settings
    if not subject.cluster.is_ipv6_only or settings.network.nat64:
        return
    if has_ipv6(_host(settings.gitops.repo_url)) is False:
        yield Problem(
            path=("gitops", "repoURL"),
            message=f"{_host(settings.gitops.repo_url)} has no IPv6, and this cluster has nothing else:"
            " Argo CD cannot fetch the tree",
            help="keep the repository on a host with IPv6, or set network.nat64",
        )
    components = {application.name: application.component for application in subject.applications}
    for name, source in subject.sources.items():
        url = source.pin.repo_url
        mirror = settings.repositories.get(url)
        host = _host(mirror.mirror if mirror else url)
        if has_ipv6(host) is False:
            yield Problem(
                path=("repositories", url, "mirror") if mirror else ("components", components[name]),
                on_key=mirror is None,
                message=f"the application '{name}' comes from {host}, which has no IPv6, and this cluster has nothing else",
                help=f"set a mirror: repositories: {{{url}: {{mirror: …}}}}, or set network.nat64",
            )


def _host(url: str) -> str:
    if url.startswith("git@"):
        return url.removeprefix("git@").partition(":")[0]
    return urlsplit(url if "://" in url else f"oci://{url}").hostname or url


RULES = (
    Rule(
        code="source-without-ipv6",
        severity=Severity.ERROR,
        soft=True,
        meaning="An IPv6-only cluster shall fetch from a host that has no IPv6.",
        why="github.com and ghcr.io have no AAAA record; the chart, image or repository cannot be fetched"
        " (the catalogue names where each host was looked at).",
        check=check_source_without_ipv6,
    ),
)
