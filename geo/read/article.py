"""A report in plain text to a dossier.

Only opens the file; reading it is the business of `geo.extract`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import PurePath

from geo.extract import extract_article
from geo.gazetteer import Gazetteer
from geo.read.files import decode, read_bytes, sha256_of
from geo.schema import Dossier, InputFile


def read_article(path: str, *, published: date | None, gazetteer: Gazetteer, name: str | None = None) -> Dossier:
    """Read one article.

    Parameters
    ----------
    path
        ``.txt`` or ``.md``, or ``-`` for standard input.
    published
        Day of publication, which "on Friday" counts from; ``None``: relative dates stay unknown.
    gazetteer
        The places it may name.
    name
        What outputs call the file; ``None``: its name without the folders.

    Raises
    ------
    InputError
        Missing, empty or unreadable file.
    """
    content = read_bytes(path)
    text, encoding, noticed = decode(content, path=path)
    file = name or PurePath(path).name
    dossier = extract_article(text, published=published, gazetteer=gazetteer, source_file=file)
    notes = [*noticed, *(note for record in dossier.files for note in record.notes)]
    if published is None:
        notes.append("no day of publication given (--published); dates like 'on Friday' stay unknown")
    record = InputFile(path, file, "article", encoding, dossier.counts().rows_in, tuple(notes), sha256_of(content))
    return replace(dossier, files=(record,))
