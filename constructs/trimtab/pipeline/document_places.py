"""Where objects of a tree stand: a file is read a second time, with its places, only when something is wrong in it."""

from __future__ import annotations

from collections.abc import Mapping

from trimtab.documents.document import Document
from trimtab.documents.reader import parse_yaml
from trimtab.documents.values import MANIFEST_LIMITS
from trimtab.findings.finding import Place
from trimtab.findings.path import Path
from trimtab.pipeline.placing import is_secret, place_in, place_of_whole
from trimtab.pipeline.text_places import find_in_text
from trimtab.verify.entry import Entry
from trimtab.verify.files.found import Found, NoObject


class DocumentPlaces:
    """Finds places in the files of one tree."""

    def __init__(self, contents: Mapping[str, bytes], shown: str) -> None:
        """Look into files.

        Args:
            contents: Bytes by path in the tree.
            shown: What paths begin with when they are shown.
        """
        self._contents, self._shown = contents, shown
        self._documents: dict[str, tuple[Document, ...]] = {}
        self._texts: dict[str, list[str]] = {}

    def find(self, entry: Entry, path: Path, on_key: bool) -> Place | None:
        """Give the place of a path in an object, or of the key it ends in; of a Secret, the whole of it."""
        origin = entry.origin
        if not isinstance(origin, Found):
            return None
        document = self._document(origin.file, origin.document)
        if document is None:
            return self.top_of(origin.file)
        if is_secret(entry):
            return place_of_whole(document.places, origin.path)
        inside = find_in_text(document, self._lines(origin.file), (*origin.path, *path), on_key=on_key)
        return inside or place_in(document.places, origin.path, path, on_key=on_key)

    def find_no_object(self, problem: NoObject) -> Place:
        """Give the place of something that is no object."""
        document = self._document(problem.file, problem.document)
        if document is None:
            return self.top_of(problem.file)
        return document.places.key(problem.path) or document.places.nearest(problem.path)[1]

    def top_of(self, file: str) -> Place:
        """Give the first line of a file."""
        return Place(file=self._shown + file, line=1, column=1, end_line=1, end_column=1)

    def _lines(self, file: str) -> list[str]:
        if file not in self._texts:
            text = self._contents[file].decode("utf-8", "replace")
            self._texts[file] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._texts[file]

    def _document(self, file: str, at: int) -> Document | None:
        if file not in self._documents:
            parsed = parse_yaml(self._contents[file], file=self._shown + file, limits=MANIFEST_LIMITS)
            self._documents[file] = parsed.documents
        documents = self._documents[file]
        return documents[at] if at < len(documents) else None
