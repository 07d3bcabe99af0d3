"""What is said of an Application that Argo CD refuses, or of a field that it passes over."""

from __future__ import annotations

from trimtab.findings.path import Path
from trimtab.verify.argocd.application import Application
from trimtab.verify.complaint import Complaint


def refuse(application: Application, path: Path, message: str, help_: str) -> Complaint:
    """Say that Argo CD refuses an Application, or does nothing with it."""
    return Complaint(code="invalid-application", about=application.entry, path=path, message=message, help=help_)


def tell_ignored(application: Application, path: Path, message: str, help_: str) -> Complaint:
    """Say that Argo CD reads a field of an Application and does nothing about it; the key is pointed at."""
    return Complaint(
        code="ignored-application-field",
        about=application.entry,
        path=path,
        message=message,
        help=help_,
        on_key=True,
    )
