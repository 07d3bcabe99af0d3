"""What is said of the charts that a lock names: whether they can be had, and trusted."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes
from trimtab.findings.finding import Severity

_UNSAFE = "Paths, links and sizes in an archive can reach what lies outside it, or fill the machine (CWE-22, CWE-409)."

CODES: tuple[Code, ...] = (
    *tell_codes(
        [
            (
                "chart-not-locked",
                "A cluster needs a chart that `charts.lock` does not name.",
                "Nobody has noted which bytes it is, so that a publisher could change them unseen.",
            ),
            (
                "chart-lock-unreadable",
                "`charts.lock` cannot be read.",
                "A merge left its marks, or somebody edited it; without it no chart is known.",
            ),
            (
                "chart-address-refused",
                "The address of a chart's repository cannot be used.",
                "It names no host, or holds a password, which would lie in Git.",
            ),
            (
                "chart-not-found",
                "A repository has no chart of that name.",
                "Argo CD would not find it either.",
            ),
            (
                "chart-version-not-found",
                "A repository has the chart and not that version of it.",
                "Argo CD would not find it either; repositories spell some versions with a leading `v`.",
            ),
            (
                "chart-index-unreadable",
                "A repository has no index that can be read.",
                "Helm repositories are a folder with an `index.yaml` (helm.sh/docs/topics/chart_repository).",
            ),
            (
                "no-chart-in-registry",
                "What a registry has under that name is no chart.",
                "Helm marks its charts by media type (helm.sh/docs/topics/registries).",
            ),
            (
                "chart-digest-mismatch",
                "An archive is not the one that its index, its manifest or the lock promises.",
                "It was damaged on the way, or somebody put another in its place.",
            ),
            (
                "chart-content-changed",
                "A version that is locked was published again with other content.",
                "A version should never change; whoever can publish could bring anything into the cluster this way.",
            ),
            (
                "other-chart-in-archive",
                "An archive says it is another chart, or another version, than its repository does.",
                "What was reviewed would not be what is installed.",
            ),
            ("archive-not-safe", "An archive holds what no chart needs and what could do harm.", _UNSAFE),
            (
                "archive-broken",
                "An archive is cut off or damaged.",
                "The connection broke, or the publisher's upload did.",
            ),
            (
                "archive-without-chart",
                "An archive is no chart.",
                "A chart is one folder with a Chart.yaml (helm.sh/docs/topics/charts).",
            ),
            (
                "archive-not-vendored",
                "The repository keeps archives, and one that the lock names is missing.",
                "Who works without a network relies on them being complete.",
            ),
            (
                "archive-missing",
                "A chart is to be rendered here, and its archive is not at hand.",
                "Nothing but `trimtab lock` goes to the network; it brings the archive.",
            ),
            (
                "repository-unreachable",
                "A repository or registry does not answer.",
                "The network, a proxy or a certificate stands in between. The run ends with 3.",
            ),
            (
                "chart-access-refused",
                "A repository or registry does not let us in.",
                "It is private; some say the same of what is not there. The run ends with 3.",
            ),
            (
                "redirect-refused",
                "An address leads in a ring, too far, or from HTTPS to plain HTTP.",
                "What is fetched in plain could be changed by anybody on the way.",
            ),
            (
                "chart-needs-network",
                "A chart is not at hand, and the network must not be asked.",
                "`--offline` was given.",
            ),
        ]
    ),
    *tell_codes(
        [
            (
                "chart-not-at-hand",
                "A chart's archive is not at hand, so that what it renders was not looked at.",
                "Nothing but `trimtab lock` goes to the network.",
            ),
            (
                "chart-locked-for-nobody",
                "`charts.lock` names a chart that no cluster has.",
                "It was needed once; who reads the lock would think it still is.",
            ),
        ],
        Severity.WARNING,
    ),
)
