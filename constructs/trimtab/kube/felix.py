"""Where Calico's agent on each node answers for its metrics, once it is told to."""

from __future__ import annotations

FELIX_PORT = 9091
"""Felix' own choice, on all addresses of its node (calico felix/config/config_params.go, PrometheusMetricsPort).

Calico's operator leaves Felix silent unless `nodeMetricsPort` of the Installation names a port.
"""
