"""Languages of the page's own texts, and the letters that a page brings along for them.

The scripts hold their texts in English; ``static/lang-XX.json`` has those of another language by the English one. What data say is
never translated: place names keep the two forms that the gazetteer gives.
"""

from __future__ import annotations

import base64
import json
import re
from functools import cache
from importlib.resources import files

from geo.errors import InputError

LANGUAGES: dict[str, str] = {"az": "Azərbaycanca", "en": "English", "fr": "Français", "hy": "Հայերեն", "ru": "Русский"}
"""Code and own name of each language of the interface."""

ARMENIAN_FONT = "noto-sans-armenian.woff2"

_ARMENIAN = re.compile("[\u0531-\u058f\ufb13-\ufb17]")


@cache
def interface_texts(lang: str) -> dict[str, str]:
    """Texts of the page in this language by the English ones; empty for English.

    Raises
    ------
    InputError
        There are no texts in this language.
    """
    if lang not in LANGUAGES:
        raise InputError(f"there are no texts in {lang!r}; languages of the page: {', '.join(LANGUAGES)}")
    if lang == "en":
        return {}
    held: dict[str, str] = json.loads((files("maps") / "static" / f"lang-{lang}.json").read_text(encoding="utf-8"))
    return held


def translated(text: str, lang: str) -> str:
    """A text of ours in this language; one that is not ours comes back as it is."""
    return interface_texts(lang).get(text, text.split("|")[0] if lang == "en" else text)


def has_armenian(text: str) -> bool:
    """Whether any Armenian letter occurs."""
    return _ARMENIAN.search(text) is not None


@cache
def armenian_style() -> str:
    """CSS that brings the Armenian letters along, for systems whose fonts have none."""
    font = base64.b64encode((files("maps") / "static" / ARMENIAN_FONT).read_bytes()).decode()
    return (
        '@font-face{font-family:"Marchland Armenian";font-weight:100 900;unicode-range:U+0531-058F,U+FB13-FB17;'
        f'src:url(data:font/woff2;base64,{font}) format("woff2")}}'
    )
