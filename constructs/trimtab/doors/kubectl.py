"""The door to a running cluster: questions asked through kubectl, as the user who calls us."""

from __future__ import annotations

import re
from dataclasses import replace

from trimtab.doors.errors import OutsideError
from trimtab.doors.process import Runner, run_program

_LOG = re.compile(r"^[IWEF][0-9]{4} .*\n?", re.MULTILINE)
"""What the library in kubectl logs of each try (k8s.io/klog, header): kubectl says it once more in its own words."""

_TIMEOUT_S = 30
"""Longer than kubectl's own limit, so that its words are heard first."""
_REQUEST_TIMEOUT = "20s"


def fetch_secret_names(namespace: str, *, context: str | None = None, run: Runner = run_program) -> frozenset[str]:
    """Ask which Secrets a namespace has, by name; values never leave the API server.

    kubectl's plain list is a table that the API server makes: names, types, numbers of keys (kubernetes
    pkg/printers/internalversion/printers.go, printSecret). Other forms of output would fetch whole objects.

    Args:
        namespace: The namespace; one that is not there has none.
        context: The context of the kubeconfig. Default: the current one.
        run: What runs kubectl.

    Raises:
        OutsideError: kubectl is not there, or fails.
    """
    command = ["kubectl", "get", "secrets", f"--namespace={namespace}", "--no-headers"]
    command += [f"--request-timeout={_REQUEST_TIMEOUT}", *([f"--context={context}"] if context else [])]
    ended = run(command, timeout_s=_TIMEOUT_S)
    if ended.code != 0:
        told = replace(ended, complaint=_LOG.sub("", ended.complaint) or ended.complaint)
        raise OutsideError(f"kubectl failed: {told.last_words}", "check its context: kubectl config get-contexts")
    return frozenset(line.split()[0] for line in ended.output.splitlines() if line.strip())
