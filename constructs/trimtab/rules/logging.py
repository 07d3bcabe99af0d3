"""Rules on logging: an Elasticsearch that cannot stand, versions that do not fit, lines that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.catalogue.components import releases
from trimtab.catalogue.versions import parse_version
from trimtab.components.logging.elasticsearch import release_stack
from trimtab.components.logging.fluent_bit import find_fluent_bit
from trimtab.components.logging.journal import iter_nodes_without_journal
from trimtab.components.logging.kibana import kibana_host, kibana_issuer
from trimtab.components.logging.settings import Settings
from trimtab.components.logging.sizes import usable_nodes, wanted_nodes
from trimtab.components.releases import wanted_release
from trimtab.findings.finding import Severity
from trimtab.findings.path import Path
from trimtab.rules.rule import Problem, Rule, Subject

_LOGGING: Path = ("components", "logging")
_NODES: Path = (*_LOGGING, "elasticsearch", "nodes")
_TOO_FEW_MASTERS = 2
_OLDEST = "8.18.0"


def _settings_of(subject: Subject) -> Iterator[Settings]:
    settings = subject.components.get("logging")
    if isinstance(settings, Settings):
        yield settings


def check_elasticsearch_of_two(subject: Subject) -> Iterator[Problem]:
    """Find an Elasticsearch of two nodes."""
    for settings in _settings_of(subject):
        if settings.elasticsearch.nodes == _TOO_FEW_MASTERS:
            yield Problem(
                path=_NODES,
                message="with two Elasticsearch nodes the loss of one can stop both: neither has a majority",
                help="take 1, or 3 on three machines",
            )


def check_elasticsearch_wider_than_cluster(subject: Subject) -> Iterator[Problem]:
    """Find more Elasticsearch nodes than machines that could take one each."""
    for settings in _settings_of(subject):
        wanted, usable = wanted_nodes(settings, subject.cluster), len(usable_nodes(settings, subject.cluster))
        if subject.cluster.has_nodes and 0 < usable < wanted:
            yield Problem(
                path=_NODES,
                message=f"{wanted} Elasticsearch nodes share {usable} machine{'s' if usable > 1 else ''}:"
                " both copies of a line can be lost at once",
                help=f"take {usable if usable != _TOO_FEW_MASTERS else 1}, or add machines",
                related=((("nodes",), "the machines"),),
            )


def check_elasticsearch_without_machine(subject: Subject) -> Iterator[Problem]:
    """Find clusters in which no machine can take Elasticsearch."""
    for settings in _settings_of(subject):
        if subject.cluster.has_nodes and not usable_nodes(settings, subject.cluster):
            known = " or ".join(wanted_release("logging", settings).architectures)
            yield Problem(
                path=_LOGGING,
                on_key=True,
                message=f"no machine that takes pods has a processor that Elasticsearch is built for: {known}",
                help="add one, take a taint off one, or collect the lines in another cluster",
                related=((("nodes",), "the machines"),),
            )


def check_journal_without_systemd(subject: Subject) -> Iterator[Problem]:
    """Find a journal that is to be read on machines that have none."""
    for settings in _settings_of(subject):
        lacking = [node for node in iter_nodes_without_journal(subject.cluster) if settings.journal]
        if lacking:
            names = ", ".join(node.name for node in lacking)
            yield Problem(
                path=(*_LOGGING, "journal"),
                message=f"there is no journal on {names}: {lacking[0].os} has no systemd, and no pod starts there",
                help="leave `journal` out: it is read where every machine has one",
                related=((("nodes", lacking[0].name), "the machine"),),
            )


def check_stack_does_not_fit_operator(subject: Subject) -> Iterator[Problem]:
    """Find an Elasticsearch that is older or newer than what the operator's release is made for."""
    for settings in _settings_of(subject):
        release = wanted_release("logging", settings)
        own = release_stack(release)
        wanted = settings.elasticsearch.version
        if wanted and not _fits(wanted, own):
            yield Problem(
                path=(*_LOGGING, "elasticsearch", "version"),
                message=f"Elasticsearch {wanted} does not fit ECK {release.version}, which takes {_OLDEST} to {own}",
                help=f"leave it out for {own}",
                related=(((*_LOGGING, "version"), "the operator's release"),) if settings.version else (),
            )


def _fits(wanted: str, own: str) -> bool:
    """Compare by minor at the upper end: a later patch is as good."""
    given, newest = parse_version(wanted), parse_version(own)
    return parse_version(_OLDEST) <= given and (given.major, given.minor_number) <= (newest.major, newest.minor_number)


def check_unknown_fluent_bit_release(subject: Subject) -> Iterator[Problem]:
    """Find versions of Fluent Bit's chart that the catalogue does not hold."""
    for settings in _settings_of(subject):
        version = settings.fluent_bit.version
        if version and find_fluent_bit(version) is None:
            known = ", ".join(release.charts["fluent_bit"].version for release in releases("logging"))
            yield Problem(
                path=(*_LOGGING, "fluentBit", "version"),
                message=f"{version} is no version of the chart fluent-bit that Trimtab knows",
                help=f"known are {known}; without 'version' the release's own is taken",
            )


def check_kibana_without_tls(subject: Subject) -> Iterator[Problem]:
    """Find a host name of Kibana that no certificate is made for."""
    for settings in _settings_of(subject):
        host = kibana_host(settings, subject.facts)
        if host and kibana_issuer(settings, subject.facts) is None:
            yield Problem(
                path=(*_LOGGING, "kibana", "host"),
                message=f"passwords for {host} travel in the clear: nothing in this cluster issues a certificate",
                help="add cert-manager with an issuer, or leave `host` out and use kubectl port-forward",
            )


RULES = (
    Rule(
        code="elasticsearch-of-two",
        severity=Severity.WARNING,
        meaning="Elasticsearch has two nodes.",
        why="Masters decide by majority, and one of two is none (elastic.co/docs, Resilience in small clusters).",
        cure="Take 1 node, or 3 on three machines.",
        check=check_elasticsearch_of_two,
    ),
    Rule(
        code="elasticsearch-wider-than-cluster",
        severity=Severity.WARNING,
        meaning="Elasticsearch has more nodes than there are machines for them.",
        why="A line is kept twice, and the majority of the masters is lost with one machine.",
        cure="Take as many nodes as there are machines that may run them, an odd number, or add machines.",
        check=check_elasticsearch_wider_than_cluster,
    ),
    Rule(
        code="elasticsearch-without-machine",
        severity=Severity.ERROR,
        meaning="No machine can take Elasticsearch.",
        why="Its image exists for amd64 and arm64 alone (elastic/cloud-on-k8s .buildkite), and it tolerates no taint.",
        cure="Add a machine with amd64 or arm64 that ordinary pods may run on, take a taint off one, or collect the "
        "lines in another cluster.",
        check=check_elasticsearch_without_machine,
    ),
    Rule(
        code="journal-without-systemd",
        severity=Severity.ERROR,
        soft=True,
        meaning="The journal is to be read on machines that have none.",
        why="The pod mounts /etc/machine-id as a file and waits for ever where there is none"
        " (Kubernetes documentation, Volumes, hostPath).",
        cure="Leave `journal` out: it is then read where every machine has one.",
        check=check_journal_without_systemd,
    ),
    Rule(
        code="stack-does-not-fit-operator",
        severity=Severity.ERROR,
        soft=True,
        meaning="The version of Elasticsearch is not one that the operator's release is made for.",
        why="From below 8.18 no way leads to 9 (elastic/cloud-on-k8s v3.5.0"
        " pkg/controller/elasticsearch/version/supported_versions.go:35-40); a later minor was never tested with it.",
        cure="Leave the version out to take the one that the operator's release is made for.",
        check=check_stack_does_not_fit_operator,
    ),
    Rule(
        code="unknown-fluent-bit-release",
        severity=Severity.ERROR,
        meaning="The version of Fluent Bit's chart is not one that Trimtab has facts of.",
        why="Values differ from version to version: without facts nothing can be checked.",
        cure="Take one of the versions that the message lists; without `version` the right one is taken.",
        check=check_unknown_fluent_bit_release,
    ),
    Rule(
        code="kibana-without-tls",
        severity=Severity.WARNING,
        meaning="Kibana has a host name and no certificate.",
        why="Whoever listens on the way reads the password of Elasticsearch's first user, who may do everything.",
        cure="Add cert-manager with an issuer, or leave `host` out and use kubectl port-forward.",
        check=check_kibana_without_tls,
    ),
)
