"""Trimtab turns one settings file per Kubernetes cluster into a GitOps repository."""

__version__ = "0.1.0"
