"""What collectors of logs are told in the values of their charts."""

from __future__ import annotations

import pytest

from trimtab.verify.operators.logs import find_listener, iter_refused_outputs

HEAD = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: logs, namespace: argocd}
spec:
  project: default
  destination: {server: https://kubernetes.default.svc, namespace: logs}
  sources:
    - repoURL: https://charts.example.org
      chart: fluent-bit
      targetRevision: 0.57.3
      helm:
"""
REF = "    - {repoURL: https://git.example.org/us.git, targetRevision: v1.0.0, ref: us}\n"
OBJECT = """\
        valuesObject:
          config:
            outputs: |
              [OUTPUT]
                  Name stdout
              [OUTPUT]
                  Name es
                  Host logs
"""
TEXT = """\
        values: |
          config:
            outputs: |
              [OUTPUT]
                  Name es
"""
FILE = "config:\n  outputs: |\n    [OUTPUT]\n        Name es\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"app.yaml": HEAD + OBJECT + REF}, "rejected-log-lines app.yaml:17:15"),
        ({"app.yaml": HEAD + TEXT + REF}, "rejected-log-lines app.yaml:15:15"),
        (
            {"app.yaml": HEAD + "        valueFiles: [$us/values/logs.yaml]\n" + REF, "values/logs.yaml": FILE},
            "rejected-log-lines values/logs.yaml:3:5",
        ),
    ],
)
def test_output_is_told_at_its_line_inside_the_block(found, files, expected):
    """In an object, in a text of YAML, and in a file of values."""
    assert expected in found(files)


def test_output_that_sends_no_type_is_quiet(found):
    """And so is one to somewhere else."""
    mended = OBJECT.replace("Host logs", "Suppress_Type_Name On")
    assert not [one for one in found({"app.yaml": HEAD + mended + REF}) if one.startswith("rejected")]


def test_lines_are_counted_from_the_first():
    """Of each output that sends a type, and of the first listener."""
    text = "[SERVICE]\n    HTTP_Listen 0.0.0.0\n[OUTPUT]\n    Name es\n\n[OUTPUT]\n    Name ES\n"
    assert list(iter_refused_outputs(text)) == [2, 5]
    assert find_listener(text) == 1
    assert find_listener("[SERVICE]\n    HTTP_Listen ::\n") is None
