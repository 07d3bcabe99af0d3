"""What the API server asks of roles, webhooks, policies, definitions, nodes and quotas.

Source: kubernetes v1.35.4 pkg/apis/rbac/validation/validation.go, pkg/apis/admissionregistration/validation/
validation.go, pkg/apis/certificates/validation/validation.go, pkg/apis/flowcontrol/validation/validation.go;
kube-aggregator pkg/apis/apiregistration/validation; apiextensions-apiserver pkg/apis/apiextensions/validation.
"""

from __future__ import annotations

from trimtab.verify.kubernetes.limits.forms import (
    COLUMN,
    DRIVER,
    KEY,
    KIND,
    LABEL,
    NAMESPACE_OR_ALL,
    OLD_LABEL,
    QUALIFIED,
    SEGMENT,
    SPEC_OR_STATUS_PATH,
    SPEC_PATH,
    STATUS_PATH,
    SUBDOMAIN,
    SUBDOMAIN_OR_ALL,
    URL_PATH,
    VALUE,
)
from trimtab.verify.kubernetes.limits.limit import NEEDED, Limit, Limits, choice, each, number, text

_PORT = number(1, 65535)
_SERVICE = {"name": NEEDED, "namespace": NEEDED, "port": _PORT}
_HAS_SPEC = {"spec": NEEDED}
_FILLED = Limit(needed=True, each=NEEDED)
_RULE = {
    "apiGroups": NEEDED,
    "apiVersions": _FILLED,
    "operations": Limit(needed=True, each=choice("*", "CONNECT", "CREATE", "DELETE", "UPDATE", needed=True)),
    "resources": _FILLED,
    "scope": choice("*", "Cluster", "Namespaced"),
}
_VERBS = Limit(
    needed=True,
    each=choice(
        *("*", "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update", "watch"), needed=True
    ),
)
_HOOK = {"admissionReviewVersions": each(text(OLD_LABEL, needed=True)), "name": text(SUBDOMAIN)}

CLUSTER: Limits = {
    "rbac.v1.AggregationRule": {"clusterRoleSelectors": NEEDED},
    "rbac.v1.RoleRef": {"name": text(SEGMENT, needed=True)},
    "rbac.v1.Subject": {"kind": NEEDED, "name": NEEDED},
    "admissionregistration.v1.MutatingWebhook": _HOOK,
    "admissionregistration.v1.ValidatingWebhook": _HOOK,
    "admissionregistration.v1.ServiceReference": _SERVICE,
    "admissionregistration.v1.RuleWithOperations": _RULE,
    "admissionregistration.v1.NamedRuleWithOperations": _RULE,
    "admissionregistration.v1.MatchCondition": {"expression": NEEDED, "name": text(QUALIFIED, needed=True)},
    "admissionregistration.v1.ValidatingAdmissionPolicySpec": {"matchConstraints": NEEDED},
    "admissionregistration.v1.ParamKind": {"apiVersion": NEEDED, "kind": text(KIND, needed=True)},
    "admissionregistration.v1.ParamRef": {
        "name": text(SEGMENT),
        "parameterNotFoundAction": choice("Deny", "Allow", needed=True),
    },
    "admissionregistration.v1.Validation": {
        "expression": NEEDED,
        "reason": choice("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized", ""),
    },
    "admissionregistration.v1.Variable": {"expression": NEEDED, "name": NEEDED},
    "admissionregistration.v1.AuditAnnotation": {"key": text(QUALIFIED, needed=True), "valueExpression": NEEDED},
    "admissionregistration.v1.ValidatingAdmissionPolicyBinding": _HAS_SPEC,
    "admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec": {
        "policyName": text(SUBDOMAIN, needed=True),
        "validationActions": Limit(needed=True, each=choice("Audit", "Deny", "Warn", needed=True)),
    },
    "apiregistration.v1.ServiceReference": _SERVICE,
    "apiregistration.v1.APIServiceSpec": {
        "groupPriorityMinimum": number(1, 20000),
        "versionPriority": number(1, 1000),
    },
    "certificates.v1.CertificateSigningRequestSpec": {"expirationSeconds": number(600), "usages": NEEDED},
    "flowcontrol.v1.FlowSchema": _HAS_SPEC,
    "flowcontrol.v1.PriorityLevelConfiguration": _HAS_SPEC,
    "flowcontrol.v1.FlowSchemaSpec": {"matchingPrecedence": number(0, 10000)},
    "flowcontrol.v1.FlowDistinguisherMethod": {"type": choice("ByNamespace", "ByUser", needed=True)},
    "flowcontrol.v1.PriorityLevelConfigurationReference": {"name": text(SUBDOMAIN, needed=True)},
    "flowcontrol.v1.PolicyRulesWithSubjects": {"subjects": NEEDED},
    "flowcontrol.v1.Subject": {"kind": choice("Group", "ServiceAccount", "User", needed=True)},
    "flowcontrol.v1.UserSubject": {"name": NEEDED},
    "flowcontrol.v1.GroupSubject": {"name": NEEDED},
    "flowcontrol.v1.ServiceAccountSubject": {
        "name": text(SUBDOMAIN_OR_ALL, needed=True),
        "namespace": text(LABEL, needed=True),
    },
    "flowcontrol.v1.ResourcePolicyRule": {
        "apiGroups": NEEDED,
        "namespaces": each(text(NAMESPACE_OR_ALL, needed=True)),
        "resources": NEEDED,
        "verbs": _VERBS,
    },
    "flowcontrol.v1.NonResourcePolicyRule": {
        "nonResourceURLs": Limit(needed=True, each=text(URL_PATH, needed=True)),
        "verbs": _VERBS,
    },
    "flowcontrol.v1.PriorityLevelConfigurationSpec": {"type": choice("Exempt", "Limited", needed=True)},
    "flowcontrol.v1.LimitResponse": {"type": choice("Queue", "Reject", needed=True)},
    "flowcontrol.v1.LimitedPriorityLevelConfiguration": {
        "borrowingLimitPercent": number(0),
        "limitResponse": NEEDED,
        "lendablePercent": number(0, 100),
        "nominalConcurrencyShares": number(0),
    },
    "flowcontrol.v1.ExemptPriorityLevelConfiguration": {
        "lendablePercent": number(0, 100),
        "nominalConcurrencyShares": number(0),
    },
    "flowcontrol.v1.QueuingConfiguration": {
        "handSize": number(0),
        "queueLengthLimit": number(0),
        "queues": number(0, 10_000_000),
    },
    "apiextensions.v1.ServiceReference": _SERVICE,
    "apiextensions.v1.CustomResourceDefinitionSpec": {"group": NEEDED},
    "apiextensions.v1.CustomResourceDefinitionNames": {
        "categories": each(text(OLD_LABEL, needed=True)),
        "kind": text(KIND),
        "listKind": text(KIND),
        "shortNames": each(text(OLD_LABEL, needed=True)),
    },
    "apiextensions.v1.SelectableField": {"jsonPath": NEEDED},
    "apiextensions.v1.CustomResourceColumnDefinition": {
        "format": choice("", "int32", "int64", "float", "double", "byte", "date", "date-time", "password"),
        "jsonPath": text(COLUMN, needed=True),
        "name": NEEDED,
        "type": choice("boolean", "date", "integer", "number", "string", needed=True),
    },
    "apiextensions.v1.CustomResourceSubresourceScale": {
        "labelSelectorPath": text(SPEC_OR_STATUS_PATH),
        "specReplicasPath": text(SPEC_PATH, needed=True),
        "statusReplicasPath": text(STATUS_PATH, needed=True),
    },
    "apiextensions.v1.WebhookConversion": {
        "clientConfig": NEEDED,
        "conversionReviewVersions": Limit(needed=True, each=text(OLD_LABEL, needed=True)),
    },
    "core.v1.Taint": {"effect": NEEDED, "key": text(KEY, needed=True), "value": text(VALUE)},
    "core.v1.NamespaceSpec": {"finalizers": each(text(QUALIFIED, needed=True))},
    "core.v1.ResourceQuotaSpec": {"scopes": each(NEEDED)},
    "core.v1.LimitRangeItem": {"type": NEEDED},
    "resource.v1.DeviceSelector": {"cel": NEEDED},
    "resource.v1.CELDeviceSelector": {"expression": NEEDED},
    "resource.v1.OpaqueDeviceConfiguration": {"driver": text(DRIVER, needed=True), "parameters": NEEDED},
    "resource.v1.DeviceRequest": {"name": text(LABEL, needed=True)},
    "resource.v1.DeviceConstraint": {"requests": each(NEEDED)},
    "resource.v1.ExactDeviceRequest": {"count": number(0), "deviceClassName": text(SUBDOMAIN, needed=True)},
    "meta.v1.OwnerReference": {"apiVersion": NEEDED, "kind": NEEDED, "name": NEEDED, "uid": NEEDED},
}
