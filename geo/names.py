"""What is known about each name of a place: language, script, whose name it is, and since when.

Kept beside the look-up (`geo.gazetteer`), which needs none of it and would only load more slowly: ``geo/data/names.tsv`` holds what the
curated tables say, and is read when first asked for. Of other names (GeoNames, a user's) only the script is certain, and the language where
a script or its letters leave one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from geo.errors import DataError
from geo.gazetteer import DATA, Place

Script = Literal["Armn", "Cyrl", "Latn"]
"""ISO 15924 codes."""

COLUMNS = ("place_id", "name", "language", "side", "valid")


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place.

    Attributes
    ----------
    text
        As written.
    script
        ISO 15924 code.
    language
        ISO 639-1 code; ``None`` where it is not known: a Latin form is in no language by its letters alone.
    side
        ``AM`` or ``AZ`` for the form that this side uses, in whatever script; ``None`` for names of neither or of both.
    valid
        Years in which it was in force as the source writes them ("1995-"); ``None`` when not known, which is the rule: former and present
        names are not told apart where no source does.
    """

    text: str
    script: Script
    language: str | None = None
    side: str | None = None
    valid: str | None = None


def names_of(place: Place) -> tuple[PlaceName, ...]:
    """The names of a place, those first of which the curated tables tell, and what is known about each.

    Examples
    --------
    >>> from geo.gazetteer import embedded_gazetteer
    >>> [(n.text, n.language, n.side) for n in names_of(embedded_gazetteer().find("Gorus")[0])][:3]
    [('Goris', None, 'AM'), ('Gorus', 'az', 'AZ'), ('Գորիս', 'hy', 'AM')]
    """
    told = _told().get(place.place_id, {})
    others = [PlaceName(text, script_of(text), language_of(text)) for text in place.names if text not in told]
    return (*told.values(), *others)


def script_of(text: str) -> Script:
    """The script of a name, by its first letter that tells."""
    if re.search("[Ա-և]", text):
        return "Armn"
    return "Cyrl" if re.search("[Ѐ-ӿ]", text) else "Latn"


def language_of(text: str) -> str | None:
    """The language that a name shows itself to be in, by its letters; ``None`` when it may be several."""
    if re.search("[Ա-և]", text):
        return "hy"
    if re.search("[Ѐ-ӿ]", text):
        return "az" if re.search("[әғҝҹөүһј]", text.lower()) else "ru"
    return "az" if re.search("[əƏ]", text) else None


@cache
def _told() -> dict[str, dict[str, PlaceName]]:
    """Names by id of the place and text."""
    found: dict[str, dict[str, PlaceName]] = {}
    try:
        with (DATA / "names.tsv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                of_place, text = found.setdefault(row["place_id"], {}), row["name"]
                before = of_place.get(text)
                language = row["language"] or (before.language if before else None)
                side = row["side"] or (before.side if before else None)
                of_place[text] = PlaceName(text, script_of(text), language, side, row["valid"] or None)
    except (OSError, KeyError) as error:
        raise DataError(f"names.tsv: {error}; install marchland again, or build it with scripts.build_gazetteer") from error
    return found


def name_lines(rows: Iterable[tuple[str, str, str, str, str]]) -> str:
    """The text of ``names.tsv`` from its rows, in order, each place's name once."""
    return "\n".join("\t".join(row) for row in (COLUMNS, *dict.fromkeys(rows))) + "\n"
