"""YAML in and out: values that know their places, scalars as Kubernetes reads them, and one canonical writer."""
