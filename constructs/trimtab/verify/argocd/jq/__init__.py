"""The paths that Argo CD leaves out of a comparison, written in jq: whether any jq reads them, and where they lead."""
