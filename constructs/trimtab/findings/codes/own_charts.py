"""What is said of folders of charts that `trimtab chart` writes."""

from __future__ import annotations

from trimtab.findings.codes.telling import tell_codes

CODES = tell_codes(
    [
        (
            "foreign-file-in-charts",
            "A folder that charts are to be written to holds what `trimtab chart` did not write.",
            "helm takes every file below templates/ and charts/ for a part (helm v3.18.0 pkg/chart/loader/load.go).",
            "Move what you want to keep out of the folder, or name another one with --output.",
        ),
        (
            "dot-in-chart-name",
            "A chart of ours would bring an upstream chart with a dot in its name, which reads values.",
            "helm looks for its values by a path and finds none (helm v3.18.0 pkg/engine/engine.go, recAllTpls).",
            "Install that chart by itself, with the values.yaml that lies in dist/ for it.",
        ),
    ],
    needs_build=True,
)
