"""Webhooks that the API server asks whether it may take an object."""

from __future__ import annotations

from collections.abc import Iterator

from trimtab.findings.path import Path
from trimtab.verify.api_server.admission_policies import RULE_LISTS, check_conditions
from trimtab.verify.api_server.complaining import complain
from trimtab.verify.api_server.webhook_clients import check_client, check_reviews
from trimtab.verify.api_server.wildcards import check_wildcards
from trimtab.verify.check import Check
from trimtab.verify.complaint import Complaint
from trimtab.verify.entry import Entry
from trimtab.verify.reading import Fields, iter_fields, list_of, number_of, text_of
from trimtab.verify.tree import Tree
from trimtab.verify.world import World

_LONGEST_WAIT = 30


def check_webhooks(tree: Tree, world: World) -> Iterator[Complaint]:
    """Find webhooks that the API server refuses.

    Source: kubernetes v1.35.4 pkg/apis/admissionregistration/validation/validation.go (validateWebhookConfiguration,
    validateValidatingWebhook:360, validateAdmissionReviewVersions:186).
    """
    for kind in ("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"):
        for entry in tree.of_kind("admissionregistration.k8s.io", kind):
            names: set[str] = set()
            for position, hook in iter_fields(entry.manifest, "webhooks"):
                name, here = text_of(hook, "name"), ("webhooks", position)
                if name in names:
                    what = f"has two webhooks '{name}'"
                    yield complain("duplicate-entry", entry, (*here, "name"), what, "give each a name of its own")
                names.add(name)
                yield from _check_webhook(entry, here, hook, name)


def _check_webhook(entry: Entry, path: Path, hook: Fields, name: str) -> Iterator[Complaint]:
    if name.count(".") < 2:
        what = f"has a webhook with a name that Kubernetes refuses: '{name}'"
        yield complain("invalid-name", entry, (*path, "name"), what, "write at least three parts: check.example.org")
    if hook.get("sideEffects") in ("Some", "Unknown"):
        what = f"has side effects in its webhook '{name}'"
        yield complain("value-not-allowed", entry, (*path, "sideEffects"), what, "write None or NoneOnDryRun")
    whose = f"a webhook '{name}'"
    if "admissionReviewVersions" in hook:
        versions, here = list_of(hook, "admissionReviewVersions"), (*path, "admissionReviewVersions")
        yield from check_reviews(entry, here, versions, whose)
    if isinstance(hook.get("clientConfig"), dict):
        yield from check_client(entry, (*path, "clientConfig"), hook["clientConfig"], whose)
    for position, rule in iter_fields(hook, "rules"):
        yield from check_wildcards(entry, (*path, "rules", position), rule, RULE_LISTS)
    yield from check_conditions(entry, (*path, "matchConditions"), hook)
    wait = number_of(hook, "timeoutSeconds")
    if wait is not None and not 1 <= wait <= _LONGEST_WAIT:
        what = f"waits {wait} seconds for its webhook '{name}'"
        yield complain("field-out-of-range", entry, (*path, "timeoutSeconds"), what, f"write 1 to {_LONGEST_WAIT}")


CHECKS = (
    Check(
        name="webhooks",
        codes=(
            "duplicate-entry",
            "invalid-name",
            "value-not-allowed",
            "contradicting-fields",
            "field-out-of-range",
            "wrong-field-form",
        ),
        run=check_webhooks,
    ),
)
