"""The Secrets that nobody but a person can make: each with the command that makes it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trimtab.bootstrap.files import quote, render_block
from trimtab.components.argocd.offers import REDIS_SECRET
from trimtab.components.assemble import Plan
from trimtab.kube.argocd import is_at_home
from trimtab.plan.application import WantedSecret
from trimtab.plan.cluster import Cluster

PAGE = "30-secrets.md"
_LABEL = re.compile(r"label ([\w./-]+): ([\w.-]+)")
_RANDOM = re.compile(r"([0-9]+) random")

APPLY = "kubectl apply --server-side --field-manager day-0 --filename -"


def plan_secrets(plan: Plan) -> str:
    """Give the page: a Secret a heading, who needs it, what its keys hold, the command."""
    wanted = {(secret.namespace, secret.name): (secret, who) for who, secret in _iter_wanted(plan)}
    lines = [
        "# Secrets",
        "",
        "None of them is in Git. Make each one before the application that reads it is synced.",
        "What has to be given is read from a file beside you: make it with `umask 077`, and remove it afterwards.",
    ]
    if not wanted:
        lines += ["", "This cluster wants none."]
    for namespace in sorted({namespace for namespace, _ in wanted}):
        lines += ["", f"## Namespace {namespace}", "", _namespace(namespace)]
        for (where, _), (secret, who) in sorted(wanted.items()):
            if where == namespace:
                lines += list(_section(secret, who, plan.cluster))
    return "\n".join(lines) + "\n"


def _iter_wanted(plan: Plan) -> Iterator[tuple[str, WantedSecret]]:
    for application in plan.applications:
        for secret in application.secrets:
            yield application.name, secret


def _namespace(namespace: str) -> str:
    return render_block(f"kubectl get namespace {namespace} || kubectl create namespace {namespace}")


def _section(secret: WantedSecret, who: str, cluster: Cluster) -> Iterator[str]:
    yield from ("", f"### {secret.name}", "", f"Read by `{who}`: {secret.why or 'see its documentation'}.", "")
    yield from ("| key | what it holds |", "|---|---|")
    credentials = _is_repository(secret, cluster)
    keys = dict(_repository_keys(cluster)) if credentials else dict(_keys(secret))
    for key, (words, _) in keys.items():
        yield f"| `{key}` | {words} |"
    yield ""
    labels = _LABEL.findall(secret.why)
    create = f"kubectl create secret generic {quote(secret.name)} --namespace {secret.namespace} --dry-run=client \\"
    pipe = [f"  | kubectl label --local --filename - {quote(f'{key}={value}')} --output yaml \\" for key, value in labels]
    given = [f"  {argument} \\" for _, argument in keys.values()]
    yield render_block(create, *given, "  --output yaml \\", *pipe, f"  | {APPLY}")
    yield ""
    yield "Check: it is there, with its keys."
    yield ""
    yield render_block(f"kubectl describe secret {quote(secret.name)} --namespace {secret.namespace}")


def _keys(secret: WantedSecret) -> Iterator[tuple[str, tuple[str, str]]]:
    formats = dict(zip(secret.keys, secret.formats, strict=False))
    for key in secret.keys:
        words = formats.get(key, "48 random characters" if secret.name == REDIS_SECRET else "")
        yield key, (words or "given by whoever runs what it opens", _argument(secret.name, key, words))


def _argument(name: str, key: str, words: str) -> str:
    found = _RANDOM.match(words)
    if found:
        half, odd = divmod(int(found[1]), 2)
        return f'--from-literal={quote(key)}="$(openssl rand -hex {half + odd} | cut -c 1-{found[1]})"'
    return f"--from-file={quote(key)}={quote(f'./{name}.{key}')}"


def _is_repository(secret: WantedSecret, cluster: Cluster) -> bool:
    credentials = cluster.settings.gitops.credentials
    return bool(credentials and is_at_home(cluster) and secret.name == credentials.secret_name)


def _repository_keys(cluster: Cluster) -> Iterator[tuple[str, tuple[str, str]]]:
    """Source: argo-cd v3.5.1 docs/operator-manual/declarative-setup.md, repositories."""
    gitops = cluster.settings.gitops
    name = gitops.credentials.secret_name if gitops.credentials else ""
    yield "type", ("`git`", "--from-literal=type=git")
    yield "url", (f"`{gitops.repo_url}`", f"--from-literal=url={quote(gitops.repo_url)}")
    if gitops.repo_url.startswith("http"):
        yield "username", ("the user that may read", _argument(name, "username", ""))
        yield "password", ("its password or token, without a line's end", _argument(name, "password", ""))
    else:
        yield "sshPrivateKey", ("the private key that may read", _argument(name, "sshPrivateKey", ""))
