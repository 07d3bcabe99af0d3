"""What is said of names in objects that are nobody's."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

CODES: tuple[Code, ...] = tell_codes(
    [
        (
            "dangling-reference",
            "An object names another one that nobody makes.",
            "It waits for ever or fails, and Argo CD still says Synced.",
        ),
        (
            "secret-made-by-nobody",
            "An object names a Secret that nothing in Git makes and nobody is said to make.",
            "The pod does not start: CreateContainerConfigError, or a volume that is never mounted.",
        ),
        (
            "key-not-in-reference",
            "An object wants a key that the ConfigMap or Secret does not have.",
            "The container does not start (CreateContainerConfigError), or the file is not there.",
        ),
        (
            "unknown-port",
            "Something leads to a port that nobody opens.",
            "Connections are refused, and a name that no container has gives a Service without endpoints.",
        ),
    ],
    soft=True,
    needs_build=True,
) + tell_codes(
    [
        (
            "selects-nothing",
            "A selector selects nothing.",
            "The Service has no endpoints, the policy protects nobody, the monitor scrapes nothing.",
        ),
        (
            "monitor-not-picked-up",
            "No Prometheus picks a monitor up.",
            "Prometheus takes only monitors that fit its selector (prometheus-operator, serviceMonitorSelector).",
        ),
        (
            "scrape-cut-off",
            "A network policy keeps Prometheus from what a monitor asks it to scrape.",
            "The target is down for ever, and its alerts with it.",
        ),
    ],
    Severity.WARNING,
    needs_build=True,
)
