"""From raw text to sentences, with every offset kept.

A second text of the same length, with plain quotes, dashes and spaces, is what the patterns read; so an offset in it is an
offset in the article. Web chrome is left out, headline and dateline are told apart. What a sentence says is left to the
other modules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.extract.words import any_of, word_lists

LONGEST_SENTENCE = 1500
"""Characters; what is longer is cut at a space, so that a file without any stop stays readable in linear time."""

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ`´", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u200a\t\r\u2028", " "),
        "…": ".",
        "\u2029": "\n",
        "\ufeff": " ",
    }
)
_DATELINE = re.compile(
    r"[A-ZÇĞİÖŞÜƏ][A-ZÇĞİÖŞÜƏ'-]{2,}(?:[ /][A-ZÇĞİÖŞÜƏ'-]{2,})*(?:,? ?\([\w .-]{2,20}\)|,[\w ]{2,20}(?:,[\w ]{2,12})?)?"
    r"(?: \([\w .-]{2,20}\))?(?= ?-{1,2} )"
    r"|[A-Z][a-z]+(?:[ /][A-Z][a-z]+)?(?:, [A-Z][a-z]+(?: \d{1,2})?)?(?: \([\w .]{2,20}\))?(?= ?-{1,2} (?=[A-Z]))"
    r"|[A-Z][A-Z'-]{2,}, [A-Z]+ \d{1,2}(?=[,.:])"
)
_STAMP = re.compile(r"(?:UPDATED?|UPD|BREAKING)\b[ .:]*(?:\d{1,2}[:.]\d{2})?[ .:-]*")
_STOP = re.compile(r"[.!?]+[\"')\]]*(?=\s+[\"'(\[]*[A-ZÀ-ÞĀ-ŽƏА-ЯԱ-Ֆ0-9])|\n\s*\n|\n")
_NO_STOP = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|St|No|Nos|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|approx)|\b[A-Z](?:\.[A-Z])*)\.$"
)
_CLOCK = re.compile(r"\b[ap]\.m\.$")
_WEEKDAY = re.compile(r"\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the article.

    Attributes
    ----------
    start, end
        Offsets in the article.
    text
        The plain form, of the same length.
    paragraph
        Number of its paragraph, from 0.
    headline
        Whether it is a heading and no sentence of the report.
    """

    start: int
    end: int
    text: str
    paragraph: int
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A text made ready.

    Attributes
    ----------
    text, plain
        As read, and with plain punctuation; of the same length.
    sentences
        In the order of the text; web chrome is not among them.
    dateline
        Offsets of "BAKU, July 13"; ``None`` when there is none.
    """

    text: str
    plain: str
    sentences: tuple[Sentence, ...]
    dateline: tuple[int, int] | None


def _chrome() -> re.Pattern[str]:
    lists = word_lists("chrome")
    return re.compile(rf"\W*{any_of(lists['line_start'])}|.*{any_of(lists['anywhere'])}", re.IGNORECASE)


def _lines(plain: str) -> list[tuple[int, int]]:
    """Offsets of the lines that are no web chrome, without outer spaces."""
    chrome, spans, start = _chrome(), [], 0
    for line in plain.split("\n"):
        stripped = line.strip()
        if stripped and not (len(stripped) < 300 and chrome.match(stripped)):
            left = start + len(line) - len(line.lstrip())
            spans.append((left, left + len(stripped)))
        start += len(line) + 1
    return spans


def _is_stop(plain: str, start: int, match: re.Match[str]) -> bool:
    before = plain[max(start, match.end() - 12) : match.end()]
    if _CLOCK.search(before):
        return not _WEEKDAY.match(plain, match.end())
    return not _NO_STOP.search(before)


def _pieces(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one line."""
    cuts = [m.end() for m in _STOP.finditer(plain, start, end) if _is_stop(plain, start, m)]
    spans, left = [], start
    for right in [*cuts, end]:
        while right - left > LONGEST_SENTENCE:
            space = plain.rfind(" ", left + 1, left + LONGEST_SENTENCE)
            middle = space if space > left else left + LONGEST_SENTENCE
            spans.append((left, middle))
            left = middle
        spans.append((left, right))
        left = right
    return [(a + len(t) - len(t.lstrip()), a + len(t.rstrip())) for a, b in spans if (t := plain[a:b]).strip()]


def _is_headline(plain: str, index: int, lines: list[tuple[int, int]]) -> bool:
    start, end = lines[index]
    return index == 0 and len(lines) > 1 and end - start < 140 and plain[end - 1] not in ".!?\"':"


def read_text(text: str) -> Article:
    """Plain text, sentences, headline and dateline of an article.

    Examples
    --------
    >>> read_text("BAKU, May 3 — Nothing was heard.").sentences[0].text
    'Nothing was heard.'
    """
    plain = text.translate(_PLAIN)
    lines = _lines(plain)
    sentences: list[Sentence] = []
    dateline: tuple[int, int] | None = None
    for number, (start, end) in enumerate(lines):
        headline = _is_headline(plain, number, lines)
        if dateline is None and number < 3 and not headline and (found := _DATELINE.match(plain, start, min(end, start + 90))):
            dateline = (start, found.end())
            start = found.end() + len(plain[found.end() : end]) - len(plain[found.end() : end].lstrip(" -.,:"))
        elif stamp := _STAMP.match(plain, start, end):
            start = stamp.end()
        sentences += [Sentence(a, b, plain[a:b], number, headline) for a, b in _pieces(plain, start, end)]
    return Article(text, plain, tuple(sentences), dateline)


def about_the_text(sentence: Sentence) -> bool:
    """Whether a sentence corrects or dates the report itself, so that its places and numbers are the retracted ones."""
    return re.search(any_of(word_lists("chrome")["about_the_text"]), sentence.text, re.IGNORECASE) is not None
