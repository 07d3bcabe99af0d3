"""What the API server asks of Services, endpoints, Ingresses and policies.

Source: kubernetes v1.35.4 pkg/apis/core/validation/validation.go (ValidateService, validateEndpointSubsets),
pkg/apis/networking/validation/validation.go, pkg/apis/discovery/validation/validation.go.
"""

from __future__ import annotations

from trimtab.verify.kubernetes.limits.forms import (
    ADDRESS,
    BLOCK,
    HOST,
    KEY,
    LABEL,
    PADDED_BLOCK,
    PREFIXED,
    QUALIFIED,
    SEGMENT,
    SUBDOMAIN,
    VALUE,
)
from trimtab.verify.kubernetes.limits.limit import NEEDED, Limit, Limits, choice, each, number, text

_PORT = number(1, 65535)

NETWORK: Limits = {
    "core.v1.ServiceSpec": {
        "clusterIPs": each(NEEDED),
        "externalIPs": each(text(ADDRESS, may_be_empty=False)),
        "ipFamilies": each(choice("IPv4", "IPv6", needed=True)),
        "loadBalancerClass": text(QUALIFIED),
        "loadBalancerSourceRanges": each(text(PADDED_BLOCK, may_be_empty=False)),
        "selector": Limit(keys=KEY, each=text(VALUE)),
    },
    "core.v1.ServicePort": {"appProtocol": text(QUALIFIED, may_be_empty=False)},
    "core.v1.ClientIPConfig": {"timeoutSeconds": number(1, 86400)},
    "core.v1.EndpointAddress": {
        "hostname": text(LABEL),
        "ip": text(ADDRESS, needed=True),
        "nodeName": text(SUBDOMAIN, may_be_empty=False),
    },
    "core.v1.EndpointPort": {"appProtocol": text(QUALIFIED, may_be_empty=False), "name": text(LABEL), "port": _PORT},
    "discovery.v1.Endpoint": {
        "addresses": NEEDED,
        "hostname": text(LABEL, may_be_empty=False),
        "nodeName": text(SUBDOMAIN, may_be_empty=False),
    },
    "discovery.v1.EndpointPort": {"appProtocol": text(QUALIFIED, may_be_empty=False), "name": text(LABEL)},
    "discovery.v1.ForZone": {"name": text(VALUE)},
    "networking.v1.IngressSpec": {"ingressClassName": text(SUBDOMAIN, may_be_empty=False)},
    "networking.v1.IngressTLS": {"hosts": each(text(HOST, may_be_empty=False)), "secretName": text(SUBDOMAIN)},
    "networking.v1.HTTPIngressRuleValue": {"paths": NEEDED},
    "networking.v1.IngressServiceBackend": {"name": NEEDED},
    "networking.v1.ServiceBackendPort": {"number": number(0, 65535)},
    "networking.v1.IngressClassSpec": {"controller": text(PREFIXED, needed=True)},
    "networking.v1.IngressClassParametersReference": {
        "apiGroup": text(SUBDOMAIN, may_be_empty=False),
        "kind": text(SEGMENT, needed=True),
        "name": text(SEGMENT, needed=True),
        "namespace": text(LABEL),
        "scope": choice("Cluster", "Namespace"),
    },
    "networking.v1.NetworkPolicySpec": {
        "policyTypes": Limit(each=choice("Ingress", "Egress", needed=True), most_items=2)
    },
    "networking.v1.IPAddressSpec": {"parentRef": NEEDED},
    "networking.v1.ParentReference": {
        "group": text(SUBDOMAIN),
        "name": text(SEGMENT, needed=True),
        "namespace": text(SEGMENT),
        "resource": text(SEGMENT, needed=True),
    },
    "networking.v1.ServiceCIDRSpec": {"cidrs": Limit(needed=True, each=text(BLOCK, needed=True), most_items=2)},
}
