"""Word lists: the data files behind the rules, and the patterns that they become.

A list is a text file of sections (``[name]``) with one wording a line; ``#`` starts a comment. In a wording ``*`` stands for
any ending, ``...`` for up to seven words, and ``{name}`` for any wording of the section ``[class name]`` of the same file. What a list
means is the business of the module that reads it.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from geo.errors import DataError

_CLASS = re.compile(r"\{(\w+)\}")
_CLASS_OF = re.compile(r"\{(\w+):(\w+)\}")


@cache
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """The sections of one list.

    Parameters
    ----------
    name
        ``actors`` for ``data/words_actors.txt``.

    Raises
    ------
    DataError
        An entry before the first section.
    """
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    lines = resources.files("geo.extract").joinpath("data", f"words_{name}.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        entry = line.partition("#")[0].strip()
        if entry.startswith("["):
            current = sections.setdefault(entry.strip("[]"), [])
        elif entry and current is None:
            raise DataError(f"words_{name}.txt line {number}: '{entry}' stands before the first [section]")
        elif entry and current is not None:
            current.append(entry)
    return {section: tuple(_with_class_names(name, entry) for entry in entries) for section, entries in sections.items()}


def _with_class_names(name: str, entry: str) -> str:
    """The entry with ``{weapon}`` written as ``{events:weapon}``, so that a wording is understood without its file."""
    return _CLASS.sub(rf"{{{name}:\1}}", entry)


@cache
def _class_pattern(name: str, section: str) -> str:
    return any_of(word_lists(name)[f"class {section}"])


def pattern_of(wording: str) -> str:
    """The regular expression of one wording.

    Examples
    --------
    >>> bool(re.search(pattern_of("open* ... fire"), "opened heavy fire"))
    True
    """
    out = ""
    for piece in wording.split():
        if piece == "...":
            # words only: the gap ends where the clause does
            out += r"(?:[\w'$-]+\s+){0,7}?"
        elif part := _CLASS_OF.fullmatch(piece):
            out += _class_pattern(part[1], part[2]) + r"\s+"
        else:
            out += re.escape(piece).replace(r"\*", r"[\w'-]*") + r"\s+"
    return out.removesuffix(r"\s+")


@cache
def any_of(wordings: tuple[str, ...]) -> str:
    """An alternation of wordings, longer ones first, without the outer word boundaries."""
    return "(?:" + "|".join(pattern_of(w) for w in sorted(wordings, key=len, reverse=True)) + ")"


@cache
def matcher(name: str, section: str) -> re.Pattern[str]:
    """A compiled pattern for a whole section, bounded by words, blind to case."""
    return re.compile(rf"(?<!\w){any_of(word_lists(name)[section])}(?!\w)", re.IGNORECASE)
