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
            (
                "Correct the name, bring the object that is named, or remove the reference. What is made outside "
                "the tree goes into the file of `trimtab verify --config`."
            ),
        ),
        (
            "secret-made-by-nobody",
            "An object names a Secret that nothing in Git makes and nobody is said to make.",
            "The pod does not start: CreateContainerConfigError, or a volume that is never mounted.",
            (
                "Bring an ExternalSecret, SealedSecret or Certificate that makes it; or say who does: "
                "`applications.<name>.secrets` in settings, `secrets` in the file of `trimtab verify --config`."
            ),
        ),
        (
            "key-not-in-reference",
            "An object wants a key that the ConfigMap or Secret does not have.",
            "The container does not start (CreateContainerConfigError), or the file is not there.",
            "Write a key that the ConfigMap or Secret has, or add the missing one to it.",
        ),
        (
            "unknown-port",
            "Something leads to a port that nobody opens.",
            "Connections are refused, and a name that no container has gives a Service without endpoints.",
            "Lead to a port that the container opens, by its number or its name, or open that port.",
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
            "Write the labels that the pods have, and check the namespace; remove what was left behind.",
        ),
        (
            "monitor-not-picked-up",
            "No Prometheus picks a monitor up.",
            "Prometheus takes only monitors that fit its selector (prometheus-operator, serviceMonitorSelector).",
            (
                "Give the monitor the labels that Prometheus selects, often `release: <name>`, or widen "
                "Prometheus' serviceMonitorSelector."
            ),
        ),
        (
            "scrape-cut-off",
            "A network policy keeps Prometheus from what a monitor asks it to scrape.",
            "The target is down for ever, and its alerts with it.",
            "Let the namespace of Prometheus in on that port: an ingress rule with a namespaceSelector.",
        ),
    ],
    Severity.WARNING,
    needs_build=True,
)
