"""Applications as Helm charts of our own, for those who install with helm and not with Argo CD."""
