"""kubectl is asked for names, never for values."""

from __future__ import annotations

import pytest

from doors_support.fake_runner import FakeRunner, ended
from trimtab.doors.errors import OutsideError
from trimtab.doors.kubectl import fetch_secret_names

TABLE = "argocd-redis   Opaque              1     3d\nrepo           kubernetes.io/tls   2     9s\n"


def test_names_come_from_the_first_column() -> None:
    """The table that the API server makes holds names, types and counts."""
    run = FakeRunner({("--namespace=argocd",): ended(TABLE)})
    assert fetch_secret_names("argocd", run=run) == {"argocd-redis", "repo"}


def test_a_namespace_without_secrets_has_none() -> None:
    """The program says so on stderr, and ends well."""
    run = FakeRunner({("get",): ended("", complaint="No resources found in x namespace.")})
    assert fetch_secret_names("x", run=run) == frozenset()


def test_whole_objects_are_never_asked_for() -> None:
    """Any `-o` but the plain table would bring the values over the wire."""
    run = FakeRunner({("kubectl",): ended(TABLE)})
    fetch_secret_names("argocd", run=run, context="place7")
    [asked] = run.asked
    assert "--context=place7" in asked
    assert not [word for word in asked if word.startswith(("-o", "--output", "--template"))]


def test_there_is_a_limit_to_waiting() -> None:
    """Its own limit comes first, so that its words are heard."""
    run = FakeRunner({("kubectl",): ended()})
    fetch_secret_names("argocd", run=run)
    assert "--request-timeout=20s" in run.asked[0]
    assert run.timeouts[0] > 20


def test_a_failure_is_the_outside_worlds() -> None:
    """What kubectl complained of is told, once."""
    run = FakeRunner({("kubectl",): ended(code=1, complaint="error: no configuration has been provided\n")})
    with pytest.raises(OutsideError, match="kubectl failed: error: no configuration has been provided"):
        fetch_secret_names("argocd", run=run)


def test_what_a_library_logs_of_each_try_is_left_out() -> None:
    """Five lines for a cluster that does not answer, which kubectl says in one; what is all there is stays."""
    log = 'E1122 11:07:27.380623   18596 memcache.go:265] "Unhandled Error"\n'
    for words, told in ((f"{log}{log}The connection was refused\n", "The connection"), (log, "E1122 ")):
        run = FakeRunner({("kubectl",): ended(code=1, complaint=words)})
        with pytest.raises(OutsideError, match=f"^kubectl failed: {told}"):
            fetch_secret_names("argocd", run=run)
