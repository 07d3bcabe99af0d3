"""What is said of kustomizations."""

from __future__ import annotations

from trimtab.findings.code import Code
from trimtab.findings.codes.telling import tell_codes

CODES: tuple[Code, ...] = tell_codes(
    [
        (
            "kustomize-file-missing",
            "A kustomization names a file or folder that is not there, or a folder that is no kustomization.",
            "kustomize refuses all of it (api/internal/target/kusttarget.go), and nothing is applied.",
            (
                "Correct the path in the kustomization, which counts from its own folder, or commit the file that "
                "is missing."
            ),
        ),
    ],
    needs_build=True,
)
