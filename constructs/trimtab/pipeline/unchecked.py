"""What could not be looked at, as a finding, so that it is kept and told with all others."""

from __future__ import annotations

from trimtab.findings.finding import Finding, Severity


def tell_unchecked(cluster: str, reason: str, count: int) -> Finding:
    """Say how often something was not checked, and why.

    Args:
        cluster: The cluster.
        reason: Why not, and what would help.
        count: How often.
    """
    message = f"{cluster}: not checked ({count}): {reason}"
    return Finding(code="not-checked", severity=Severity.NOTE, message=message, cluster=cluster)
