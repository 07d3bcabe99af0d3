"""Fluent Bit's own configuration, section by section."""

from __future__ import annotations

from collections.abc import Iterable

from trimtab.components.logging.names import CA_FILE, USER, elasticsearch_host, journal_prefix
from trimtab.components.logging.settings import Settings

CA_FOLDER = "/fluent-bit/tls/elasticsearch"
PASSWORD = "ELASTICSEARCH_PASSWORD"
"""The environment variable with the password."""

_TRIES = "30"
"""About six hours: the wait doubles from 5 seconds to at most 2000, and is drawn below that (fluent/fluent-bit v5.1.1
include/fluent-bit/flb_scheduler.h:29-30). Without an end a chunk of which every line is refused would be sent for ever,
and take its share of the buffer with it (plugins/out_es/es.c, elasticsearch_error_check)."""

Pairs = Iterable[tuple[str, str]]


def render_service() -> str:
    """Write the service section for a cluster with IPv6: as the chart has it, but for the address.

    The three values in braces stay the chart's: they can be set beside it.
    """
    pairs = (
        ("Daemon", "Off"),
        ("Flush", "{{ .Values.flush }}"),
        ("Log_Level", "{{ .Values.logLevel }}"),
        ("Parsers_File", "/fluent-bit/etc/parsers.conf"),
        ("Parsers_File", "/fluent-bit/etc/conf/custom_parsers.conf"),
        ("HTTP_Server", "On"),
        ("HTTP_Listen", "::"),
        ("HTTP_Port", "{{ .Values.metricsPort }}"),
        ("Health_Check", "On"),
    )
    return _section("SERVICE", pairs)


def render_inputs(*, journal: bool) -> str:
    """Write what is read. Where it stopped is kept on the machine, so that a restart loses no line."""
    pods = (
        ("Name", "tail"),
        ("Tag", "kube.*"),
        ("Path", "/var/log/containers/*.log"),
        ("multiline.parser", "docker, cri"),
        ("DB", "/var/log/fluent-bit-pods.db"),
        ("DB.locking", "true"),
        ("Read_from_Head", "On"),
        ("Mem_Buf_Limit", "5MB"),
        ("Skip_Long_Lines", "On"),
    )
    hosts = (
        ("Name", "systemd"),
        ("Tag", "host.*"),
        ("DB", "/var/log/fluent-bit-journal.db"),
        ("Read_From_Tail", "On"),
        ("Mem_Buf_Limit", "5MB"),
    )
    sections = [_section("INPUT", pods), *([_section("INPUT", hosts)] if journal else [])]
    return "\n".join(sections)


def render_outputs(settings: Settings, *, journal: bool) -> str:
    """Write where it goes: pods' lines to one daily index, journals to another beside it."""
    outputs = [("kube.*", settings.index_prefix), *([("host.*", journal_prefix(settings))] if journal else [])]
    return "\n".join(_section("OUTPUT", _output(settings, match, prefix)) for match, prefix in outputs)


def _output(settings: Settings, match: str, prefix: str) -> Pairs:
    return (
        ("Name", "es"),
        ("Match", match),
        ("Host", elasticsearch_host(settings)),
        ("Port", "9200"),
        ("HTTP_User", USER),
        ("HTTP_Passwd", f"${{{PASSWORD}}}"),
        ("tls", "On"),
        ("tls.verify", "On"),
        ("tls.ca_file", f"{CA_FOLDER}/{CA_FILE}"),
        ("Logstash_Format", "On"),
        ("Logstash_Prefix", prefix),
        ("Suppress_Type_Name", "On"),
        ("Replace_Dots", "On"),
        ("Generate_ID", "On"),
        ("Retry_Limit", _TRIES),
    )


def _section(name: str, pairs: Pairs) -> str:
    return "\n".join([f"[{name}]", *(f"    {key} {value}" for key, value in pairs), ""])
