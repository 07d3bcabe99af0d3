"""Settings files read and parsed, each once, however many clusters share it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from trimtab.documents.document import Document, Limits, Parsed
from trimtab.documents.reader import parse_yaml
from trimtab.doors.disk import read_bytes
from trimtab.doors.errors import OutsideError
from trimtab.findings.finding import Finding, Place, Severity
from trimtab.settings.layers import Layer, first_line
from trimtab.settings.renamed import rename_settings
from trimtab.settings.versions import check_format

_LIMITS = Limits()


class Sources:
    """Reads files below one folder, remembers their text, and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        """Read below `root`; files are named relative to it."""
        self._root = root
        self._layers: dict[str, Layer | None] = {}
        self._texts: dict[str, str] = {}
        self.findings: list[Finding] = []

    @property
    def texts(self) -> Mapping[str, str]:
        """Every text read so far, by file: what snippets are cut from."""
        return self._texts

    def read_documents(self, file: str) -> tuple[Document, ...]:
        """Read all documents of a file; what is wrong with it is added to `findings`."""
        return self._parse(file).documents

    def read_layer(self, file: str) -> Layer | None:
        """Read a settings file, which holds one mapping; nothing where it cannot be used.

        An empty file is an empty mapping. What is wrong is added to `findings`, once a file.
        """
        if file not in self._layers:
            self._layers[file] = self._read_layer(file)
        return self._layers[file]

    def _parse(self, file: str) -> Parsed:
        try:
            raw = read_bytes(self._root / file)
        except OutsideError as error:
            problem = _unreadable(file, error)
            self.findings.append(problem)
            return Parsed(documents=(), findings=(problem,))
        self._texts[file] = raw.decode("utf-8", "replace")
        parsed = parse_yaml(raw, file=file, limits=_LIMITS)
        self.findings.extend(parsed.findings)
        return parsed

    def _read_layer(self, file: str) -> Layer | None:
        parsed = self._parse(file)
        if not parsed.documents:
            return None if parsed.findings else _empty_layer(file)
        if (problem := _check_shape(parsed.documents)) is not None:
            self.findings.append(problem)
            return None
        layer = Layer(file=file, document=parsed.documents[0])
        if problems := check_format(layer):
            self.findings.extend(problems)
            return None
        layer, warnings = rename_settings(layer)
        self.findings.extend(warnings)
        return layer


def _empty_layer(file: str) -> Layer:
    (document,) = parse_yaml("{}", file=file).documents
    return Layer(file=file, document=document)


def _check_shape(documents: tuple[Document, ...]) -> Finding | None:
    first = documents[0]
    if len(documents) > 1:
        return Finding(
            code="several-documents",
            severity=Severity.ERROR,
            message="a settings file holds one document, this one has several",
            help="remove the line '---' between them, or make a file of each",
            place=_start(documents[1]),
        )
    if not isinstance(first.value, dict):
        return Finding(
            code="not-a-mapping",
            severity=Severity.ERROR,
            message="a settings file is a mapping of keys to values, this one is not",
            help="begin it with a key, such as 'cluster: my-cluster'",
            place=_start(first),
        )
    return None


def _start(document: Document) -> Place | None:
    place = document.places.value(())
    return None if place is None else first_line(place)


def _unreadable(file: str, error: OutsideError) -> Finding:
    place = Place(file=file, line=1, column=1, end_line=1, end_column=1)
    return Finding(code="unreadable-file", severity=Severity.ERROR, message=error.message, help=error.help, place=place)
