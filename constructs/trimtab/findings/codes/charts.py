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
                "Run `trimtab lock`, and commit charts.lock.",
            ),
            (
                "chart-lock-unreadable",
                "`charts.lock` cannot be read.",
                "A merge left its marks, or somebody edited it; without it no chart is known.",
                (
                    "Take one side of the merge whole, `git checkout --ours charts.lock`, then run `trimtab lock` "
                    "and commit it."
                ),
            ),
            (
                "chart-address-refused",
                "The address of a chart's repository cannot be used.",
                "It names no host, or holds a password, which would lie in Git.",
                (
                    "Write https://host/path for a repository with an index, or host/path for a registry. A user "
                    "and password go into .netrc, helm's repositories.yaml or `docker login`, never into the "
                    "address."
                ),
            ),
            (
                "chart-not-found",
                "A repository has no chart of that name.",
                "Argo CD would not find it either.",
                (
                    "Compare the name with what the repository has, and the repository with where upstream "
                    "publishes. A mirror has to hold every chart that it stands for."
                ),
            ),
            (
                "chart-version-not-found",
                "A repository has the chart and not that version of it.",
                "Argo CD would not find it either; repositories spell some versions with a leading `v`.",
                (
                    "Take one of the versions that the message lists, bring the missing one to the mirror, or "
                    "remove the mirror."
                ),
            ),
            (
                "chart-index-unreadable",
                "A repository has no index that can be read.",
                "Helm repositories are a folder with an `index.yaml` (helm.sh/docs/topics/chart_repository).",
                (
                    "Open the address with /index.yaml behind it: where a page of a sign-in or an error comes, "
                    "correct the address in `repositories`, or ask whoever runs it."
                ),
            ),
            (
                "no-chart-in-registry",
                "What a registry has under that name is no chart.",
                "Helm marks its charts by media type (helm.sh/docs/topics/registries).",
                (
                    "Check the address: the last part is the chart's name, the tag its version. Charts lie often "
                    "beside images of the same name, below a path such as /charts."
                ),
            ),
            (
                "chart-digest-mismatch",
                "An archive is not the one that its index, its manifest or the lock promises.",
                "It was damaged on the way, or somebody put another in its place.",
                (
                    "Do not use it. Run `trimtab lock` again; where it says the same, ask the publisher, or take "
                    "another mirror. A damaged copy in vendor/charts/ is mended by `trimtab lock --vendor`."
                ),
            ),
            (
                "chart-content-changed",
                "A version that is locked was published again with other content.",
                "A version should never change; whoever can publish could bring anything into the cluster this way.",
                (
                    "Ask the publisher why, and compare both archives. Only once you trust the new one: `trimtab "
                    "lock --update --accept <chart>`."
                ),
            ),
            (
                "other-chart-in-archive",
                "An archive says it is another chart, or another version, than its repository does.",
                "What was reviewed would not be what is installed.",
                "Do not use it, and ask its publisher; a mirror is filled anew from upstream.",
            ),
            (
                "archive-not-safe",
                "An archive holds what no chart needs and what could do harm.",
                _UNSAFE,
                (
                    "Do not use it, and ask its publisher; a chart has files below its own folder and no links. "
                    "Until it is mended take another version or a mirror with a good one."
                ),
            ),
            (
                "archive-broken",
                "An archive is cut off or damaged.",
                "The connection broke, or the publisher's upload did.",
                (
                    "Run `trimtab lock --update` to fetch it again. Where it comes back broken, tell its "
                    "publisher, or name a mirror that has it whole."
                ),
            ),
            (
                "archive-without-chart",
                "An archive is no chart.",
                "A chart is one folder with a Chart.yaml (helm.sh/docs/topics/charts).",
                (
                    "Look at the address in `repositories`: it leads to something that is no chart. Correct it, "
                    "then run `trimtab lock`."
                ),
            ),
            (
                "archive-not-vendored",
                "The repository keeps archives, and one that the lock names is missing.",
                "Who works without a network relies on them being complete.",
                "Run `trimtab lock --vendor`, and commit vendor/charts/.",
            ),
            (
                "archive-missing",
                "A chart is to be rendered here, and its archive is not at hand.",
                "Nothing but `trimtab lock` goes to the network; it brings the archive.",
                (
                    "Run `trimtab lock` once where there is a network: it brings the archive into the cache. "
                    "`trimtab lock --vendor` keeps it in the repository, for machines without one."
                ),
            ),
            (
                "repository-unreachable",
                "A repository or registry does not answer.",
                "The network, a proxy or a certificate stands in between. The run ends with 3.",
                (
                    "Try the address from the same machine with `curl -I`. Then check the network, HTTPS_PROXY and "
                    "NO_PROXY; a certificate of your own goes into `registries.<host>.caFile`."
                ),
            ),
            (
                "chart-access-refused",
                "A repository or registry does not let us in.",
                "It is private; some say the same of what is not there. The run ends with 3.",
                (
                    "Give credentials for that host in .netrc, with `helm repo add --username` or with `helm "
                    "registry login`; or check the address, for some hosts say the same of what is not there."
                ),
            ),
            (
                "redirect-refused",
                "An address leads in a ring, too far, or from HTTPS to plain HTTP.",
                "What is fetched in plain could be changed by anybody on the way.",
                (
                    "Ask the repository's owner for its present address, and write that into `repositories`, with "
                    "https://."
                ),
            ),
            (
                "chart-needs-network",
                "A chart is not at hand, and the network must not be asked.",
                "`--offline` was given.",
                (
                    "Run `trimtab lock` without --offline once, where there is a network; `trimtab lock --vendor` "
                    "keeps the archives in the repository for machines without one."
                ),
            ),
        ]
    ),
    *tell_codes(
        [
            (
                "chart-locked-for-nobody",
                "`charts.lock` names a chart that no cluster has.",
                "It was needed once; who reads the lock would think it still is.",
                "Run `trimtab lock`, which drops it, and commit charts.lock.",
            ),
        ],
        Severity.WARNING,
    ),
)
