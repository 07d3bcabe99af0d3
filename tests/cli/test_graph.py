"""`trimtab graph`: on stdout or into a file, and never of a ring."""

from __future__ import annotations

from repository_support.repository import Repository


def test_the_picture_goes_to_stdout(repository: Repository) -> None:
    """Without a file, the SVG and nothing else."""
    done = repository.call("graph")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("<svg ")
    assert done.stdout.endswith("</svg>\n")
    assert ">cert-manager-issuers</text>" in done.stdout


def test_a_file_has_the_same_bytes(repository: Repository) -> None:
    """`-o` writes what would be printed."""
    assert repository.call("graph", "-o", "order.svg").stdout == ""
    assert (repository.root / "order.svg").read_text() == repository.call("graph").stdout


def test_mermaid_is_asked_for_by_format(repository: Repository) -> None:
    """The same graph as text."""
    assert repository.call("graph", "lab", "--format", "mermaid").stdout.startswith("flowchart LR\n")


def test_a_cluster_that_cannot_be_planned_is_not_drawn(repository: Repository) -> None:
    """What is wrong is told, and nothing is printed for programs."""
    repository.add("network: {pods: [x]}")
    done = repository.call("graph")
    assert (done.returncode, done.stdout) == (1, "")
    assert "error[" in done.stderr


def test_manifests_of_ones_own_stand_behind_what_they_use(repository: Repository) -> None:
    """Where the tree has them: nothing but the objects says what they wait for."""
    issuer = "{issuerRef: {kind: ClusterIssuer, name: ca}, secretName: tls, dnsNames: [a.example.org]}"
    repository.write(
        "apps/manifests/lab/shop/tls.yaml",
        f"apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {{name: tls}}\nspec: {issuer}\n",
    )
    drawn = repository.call("graph", "--format", "mermaid").stdout
    assert drawn.index("cert-manager-issuers<br>") < drawn.index("shop<br>")
    assert 'c1_cert_manager_issuers -->|"ClusterIssuer ca"| c1_shop' in drawn
