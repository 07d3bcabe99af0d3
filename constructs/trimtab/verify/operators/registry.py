"""Every check of operators' objects and charts' values."""

from __future__ import annotations

from trimtab.verify.operators import calico, ceph, charts, definitions, discovery, logs, order, storage_classes, web

CHECKS = (
    *ceph.CHECKS,
    *calico.CHECKS,
    *storage_classes.CHECKS,
    *logs.CHECKS,
    *charts.CHECKS,
    *web.CHECKS,
    *definitions.CHECKS,
    *discovery.CHECKS,
    *order.CHECKS,
)
