"""What is said of folders of charts that `trimtab chart` writes."""

from __future__ import annotations

from trimtab.findings.codes.telling import tell_codes

CODES = tell_codes(
    [
        (
            "foreign-file-in-charts",
            "A folder that charts are to be written to holds what `trimtab chart` did not write.",
            "helm takes every file below templates/ and charts/ for a part (helm v3.18.0 pkg/chart/loader/load.go).",
        ),
        (
            "dot-in-chart-name",
            "A chart of ours would bring an upstream chart with a dot in its name, which reads values.",
            "helm looks for its values by a path and finds none (helm v3.18.0 pkg/engine/engine.go, recAllTpls).",
        ),
    ],
    needs_build=True,
)
