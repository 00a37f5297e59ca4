"""Which side a named party belongs to.

One list of word stems for tables and articles alike, so that "Azerbaijani MoD", "AZ forces" and "Baku" mean the same
everywhere. A side is a two-letter code; it says whose party it is, nothing about right or wrong.
"""

from __future__ import annotations

import re

_STEMS: tuple[tuple[str, str], ...] = (
    # the former Karabakh authorities before the two states, whose names their own name contains
    ("NK", r"\bNKR?\b|karabakh|artsakh|stepanakert|arts?akh"),
    ("AZ", r"\bAZ\b|azerbaijan|azeri|\bbaku\b|azərbaycan"),
    ("AM", r"\bAM\b|\barmenia|yerevan|\barmstat"),
    ("RU", r"\bRU\b|russia|moscow|kremlin"),
    ("TR", r"\bTR\b|turkey|türkiye|turkish|ankara"),
    ("IR", r"\bIR\b|\biran|tehran"),
    ("GE", r"\bGE\b|georgian?\b|tbilisi"),
    ("EU", r"\bEU\b|\bEUMA?\b|\bEUMCAP\b|european union|brussels"),
    ("FR", r"\bFR\b|france|french|\bparis\b"),
    ("US", r"\bU\.?S\.?A?\b|united states|american|washington|state department"),
)
_PATTERNS = tuple((side, re.compile(stem, re.IGNORECASE)) for side, stem in _STEMS)


def side_of(name: str) -> str | None:
    """The side that a party's name tells, ``None`` when it tells none.

    "Karabakh Armenian forces" is ``NK``: the most particular party wins.

    Examples
    --------
    >>> side_of("Azerbaijani MoD"), side_of("civilians")
    ('AZ', None)
    """
    return next((side for side, pattern in _PATTERNS if pattern.search(name)), None)
