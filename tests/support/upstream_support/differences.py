"""Where the catalogue's facts and the other record of a chart differ, each by name and with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

_READ = "templates name it below a free-form map; the other record lists such names in part only"
_ITEMS = "templates take the items of the map apart by these names"
_BOTH = "known to be a map with keys: templates read below it"
_WHOLE = "it is written out whole, so anything may stand below it"
_SCALAR = "it is written as one text or the schema allows plain values only: nothing lies below it"
_SHOWN = "the catalogue's samples switch it on, as our components do"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Facts of a chart that only one record has, or that both tell differently."""

    chart: str
    facts: str
    """A regular expression over what `iter_differences` gives, whole."""
    why: str

    def is_met(self, fact: str) -> bool:
        """Say whether this one explains a difference of the chart."""
        return re.fullmatch(self.facts, fact) is not None


def _keys(chart: str, why: str, *facts: str) -> tuple[Difference, ...]:
    return tuple(Difference(chart=chart, facts=one, why=why) for one in facts)


DIFFERENCES = (
    *_keys(
        "argo-cd",
        _READ,
        r"\+ keys redis-ha(\.haproxy)?\.(containerS|s)ecurityContext\.(privileged|seLinuxOptions)",
    ),
    *_keys(
        "ceph-csi-drivers",
        _BOTH,
        r"~ keys drivers\.\*\.(encryption|imageSet|log\.rotation|nodePlugin\.topology): any, map",
    ),
    *_keys(
        "cert-manager",
        _READ,
        r"\+ keys (cainjector\.|webhook\.)?config\.(apiVersion|kind)",
        r"\+ keys (cainjector|webhook)\.config\.metricsTLSConfig(\.dynamic(\.secretName(space)?)?)?",
        r"\+ keys webhook\.config\.(healthzPort|securePort|tlsConfig(\.(dynamic|filesystem))?)",
    ),
    Difference(
        chart="external-secrets",
        facts=r'\+ apiVersionsAsked "monitoring\.coreos\.com/v1/ServiceMonitor"',
        why="asked for with `has X .Capabilities.APIVersions`, which the other record does not look for",
    ),
    *_keys("external-secrets", _READ, r"\+ keys (certController\.|webhook\.)?(podS|s)ecurityContext\.seLinuxOptions"),
    Difference(
        chart="gateway-api",
        facts=r'\+ renders \["admissionregistration\.k8s\.io/v1", "ValidatingAdmissionPolicy(Binding)?", .*',
        why="the other record holds the definitions only; the policy that guards them lies in the same folder",
    ),
    *_keys(
        "kube-prometheus-stack",
        _READ,
        r"\+ keys defaultRules\.additionalRule(Group)?Annotations\.[A-Za-z0-9.\\-]+\.(description|runbook_url|summary)",
        r"\+ keys grafana\.resources\.limits(\.memory)?",
        r"\+ keys grafana\.sidecar\.[a-z]+\.startupProbe\.httpGet(\.port)?",
        r"\+ keys prometheus\.prometheusSpec\.thanos\.(image|secretProviderClass)",
        r"\+ keys prometheus\.prometheusSpec\.thanos\.objectStorageConfig(\.secret|\.existingSecret(\.key|\.name)?)?",
        r"\+ keys prometheusOperator\.admissionWebhooks\.namespaceSelector\.matchExpressions",
    ),
    *_keys(
        "kube-prometheus-stack",
        _BOTH,
        r"~ keys defaultRules\.additionalRuleAnnotations\.[A-Za-z0-9]+: any\*, map\*",
        r"~ keys grafana\.dashboardProviders\.dashboardproviders\\\.yaml\.providers\.\*\.options: any, map",
        r"~ keys grafana\.sidecar\.[a-z]+\.startupProbe: any\*, map\*",
    ),
    *_keys(
        "kube-prometheus-stack", _WHOLE, r"~ keys prometheus-node-exporter\.affinity\.[a-zA-Z]+Affinity: any, any\*"
    ),
    *_keys(
        "kube-prometheus-stack",
        _SHOWN,
        r'\+ renders \["cert-manager\.io/v1", "(Certificate|Issuer)", .*',
        r'\+ renders \["networking\.k8s\.io/v1", "Ingress", .*',
    ),
    *_keys(
        "local-path-provisioner",
        "read of every class, and of `storageClass` where none is named",
        r"\+ keys storageClass\.\w+",
    ),
    *_keys(
        "local-path-provisioner",
        _WHOLE,
        r"~ keys storageClassConfigs\.\*\.(nodePathMap|sharedFileSystemPath): any, any\*",
    ),
    Difference(
        chart="local-path-provisioner",
        facts=r'- images "docker\.io/library/busybox:1\.37"',
        why="an image of the other record's own values, which neither the chart nor our component names",
    ),
    *_keys(
        "metallb",
        _SHOWN,
        r'\+ renders \["monitoring\.coreos\.com/v1", "ServiceMonitor", .*',
        r'[+-] renders \["v1", "Service", .*',
    ),
    Difference(
        chart="rook-ceph",
        facts=r'\+ customKinds \["csi\.ceph\.io", .*',
        why="definitions of the ceph-csi-operator inside v1.18.11, whose files lie in no folder of the other record",
    ),
    *_keys(
        "rook-ceph-cluster",
        _READ,
        r"\+ keys cephClusterSpec\.(dashboard\.port|external(\.enable)?|network\.provider)",
    ),
    *_keys(
        "sealed-secrets",
        _READ,
        r"\+ keys ingress\.annotations\.cert-manager\\\.io/(cluster-)?issuer",
        r"\+ keys resources\.limits\.(cpu|memory)",
    ),
    *_keys(
        "traefik",
        _ITEMS,
        r"\+ keys (experimental\.plugins|hub\.pluginRegistry\.sources|service\.additionalServices)\.\*.*",
        r"\+ keys (ports|tlsOptions)\.\*.*",
    ),
    *_keys("traefik", _READ, r"\+ keys resources\.limits(\.cpu|\.memory)?"),
    *_keys(
        "traefik",
        _SCALAR,
        r"~ keys (accessLog|deployment|hub|log|metrics|ports|providers|tracing)\.[A-Za-z0-9.]+: (\w+)\*, \2",
    ),
    *_keys(
        "traefik",
        "the other record takes the fields of a certificate that the template makes for keys of this value",
        r"- keys hub\.apimanagement\.admission\.customWebhookCertificate\.tls\\\.(crt|key)\.(Cert|Hash|Key)",
        r"~ keys hub\.apimanagement\.admission\.customWebhookCertificate\.tls\\\.(crt|key): map, any",
    ),
    *_keys("traefik", _SHOWN, r'\+ renders \["policy/v1", "PodDisruptionBudget", .*'),
)
