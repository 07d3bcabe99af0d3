"""Which versions of helm charts are rendered with."""

from __future__ import annotations

from trimtab.catalogue.versions import Version, parse_version
from trimtab.doors.helm import Helm
from trimtab.findings.finding import Finding, Severity

OLDEST = parse_version("3.18.1")
"""The oldest helm that is taken: 3.18.0 reads the numbers of a chart's own values as text, so that 0 counts as true
(helm/helm#30880, #30923), and before it no schema of draft 2020-12 is checked."""

NEWEST_MAJOR = 4
"""The newest major that the tests render with."""

_GET = "install helm 3.18.1 or newer (helm.sh/docs/intro/install), or put it on the path"


def check_helm(helm: Helm | None) -> Finding | None:
    """Say what is wrong with the helm at hand.

    Returns:
        An error where charts cannot be rendered with it, a warning where nobody has tried, else nothing.
    """
    if helm is None:
        return _refuse("helm-missing", "there is no helm on the path, and charts are to be rendered")
    version = _parse(helm.version)
    if version is None:
        return _refuse("helm-missing", f"{helm.path} does not say which version of helm it is")
    if version < OLDEST:
        message = f"helm {helm.version} is too old to render charts as Argo CD does"
        return _refuse("helm-too-old", f"{message} ({helm.path})")
    if version.major > NEWEST_MAJOR:
        return Finding(
            code="helm-not-tried",
            severity=Severity.WARNING,
            message=f"helm {helm.version} is newer than any that charts were rendered with in tests",
            help=f"compare `git diff dist/` with that of helm {NEWEST_MAJOR}, or put helm {NEWEST_MAJOR} on the path",
        )
    return None


def _parse(text: str) -> Version | None:
    try:
        return parse_version(text)
    except ValueError:
        return None


def _refuse(code: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, message=message, help=_GET)
