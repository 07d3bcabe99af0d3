"""A Gateway that leads to a component, by the words of the Gateway API."""

from __future__ import annotations

from trimtab.settings.model import DnsLabel, DnsName, Model


class Gateway(Model):
    """A Gateway of yours with an HTTPS listener: it holds the certificate."""

    name: DnsName
    """Its name."""
    namespace: DnsLabel
    """Its namespace."""
    section_name: DnsName | None = None
    """The listener. Default: every one that fits."""
