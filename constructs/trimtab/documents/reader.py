"""YAML text to documents: values exactly as Kubernetes reads them, the place of each, and what is wrong."""

from __future__ import annotations

from yaml._yaml import CParser
from yaml.error import YAMLError
from yaml.events import DocumentStartEvent, StreamEndEvent

from trimtab.documents.builder import Builder
from trimtab.documents.document import Document, Limits, Parsed, Places
from trimtab.documents.faults import LimitError
from trimtab.documents.source import Source, prepare_source
from trimtab.documents.syntax import explain_syntax
from trimtab.findings.finding import Finding

DEFAULT_LIMITS = Limits()


def parse_yaml(
    text: str | bytes, *, file: str, limits: Limits = DEFAULT_LIMITS, last_key_holds: bool = False
) -> Parsed:
    """Read all documents of a YAML file; empty ones are left out.

    Nothing is raised for bad text: what is wrong comes as findings, each with a place in `file`. A document with
    findings is still given where its structure could be read; a syntax error or a limit ends the reading there.

    Args:
        text: The file.
        file: Its name, for places.
        limits: How much it may ask of us.
        last_key_holds: Whether the last of two equal keys is taken, as Kubernetes does with what it is given, and not
            the first; both ways it is a finding.
    """
    source = prepare_source(text, file, limits)
    if source.findings:
        return Parsed(documents=(), findings=source.findings)
    documents: list[Document] = []
    findings: list[Finding] = []
    try:
        _read_documents(source, limits, documents, findings, last_key_holds=last_key_holds)
    except LimitError as refusal:
        findings.append(refusal.finding)
    except YAMLError as error:
        findings.append(explain_syntax(error, source))
    return Parsed(documents=tuple(documents), findings=tuple(findings))


def _read_documents(
    source: Source, limits: Limits, documents: list[Document], findings: list[Finding], *, last_key_holds: bool
) -> None:
    parser = CParser(source.text)
    builder = Builder(parser.get_event, source.ruler, limits, findings, last_key_holds=last_key_holds)
    parser.get_event()
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        if isinstance(event, DocumentStartEvent):
            value, spot = builder.build_document()
            parser.get_event()
            if value is not None:
                documents.append(Document(file=source.ruler.file, value=value, places=Places(source.ruler, spot)))
