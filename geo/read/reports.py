"""Files that hold reports: plain text, Markdown, web pages, JSON with one article or many.

Gives the text of each report with what the file tells about it (day of publication, title, publisher, link). A head of ``key: value``
lines, with or without YAML's ``---``, is blanked and not cut out, so that offsets count in the file as read. Reading the text is the
business of `geo.extract`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from geo.dates import parse_date
from geo.errors import InputError

HTML_SUFFIXES = (".html", ".htm", ".xhtml")
JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")

FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "articlebody", "fulltext", "full_text", "maintext"),
    "title": ("title", "headline", "heading", "subject"),
    "published": ("published", "date", "published_at", "publication_date", "date_published", "datepublished", "pubdate", "published_on"),
    "url": ("url", "link", "canonical_url", "source_url", "permalink"),
    "publisher": ("publisher", "source", "outlet", "site", "sitename", "site_name", "newspaper", "agency"),
}
"""What the fields of an article are called, best first, in JSON and in the head of a text."""

_HEAD_LINE = re.compile(r"(?P<key>[A-Za-z][\w -]{1,24}?)[ \t]*:[ \t]+(?P<value>\S.*)")
_FENCE = re.compile(r"---[ \t]*$")
_TAGS = re.compile(r"</?(?:p|br|div|li)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Report:
    """One publication.

    Attributes
    ----------
    text
        What offsets count in.
    published
        As the file tells; ``None`` when it does not.
    title, publisher, url
        Likewise; only ``http`` and ``https`` links.
    number
        Place in the file, from 1; ``None`` when the file holds one report only.
    """

    text: str
    published: date | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    number: int | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """How the report is cited: publisher and link, as far as known."""
        return tuple(part for part in (self.publisher, self.url) if part)


def read_reports(text: str, *, path: str) -> tuple[Report, ...]:
    """The reports of a file whose bytes are decoded.

    Parameters
    ----------
    text
        All of the file.
    path
        Its suffix tells the form; what is neither HTML nor JSON is plain text.

    Raises
    ------
    InputError
        JSON that is none, or in which no article has a text; HTML while ``trafilatura`` is not installed.
    """
    suffix = PurePath(path).suffix.lower()
    if suffix in HTML_SUFFIXES:
        return (_web_page(text, path),)
    if suffix in JSON_SUFFIXES:
        return _json_articles(text, path)
    return (_with_head(text),)


def _with_head(text: str) -> Report:
    """A text with its head of ``key: value`` lines blanked."""
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    fenced = bool(lines) and _FENCE.match(lines[0].rstrip()) is not None
    held: dict[str, str] = {}
    end = 0
    for number, line in enumerate(lines[int(fenced) : 40], start=int(fenced)):
        found = _HEAD_LINE.match(line.rstrip())
        if fenced and _FENCE.match(line.rstrip()):
            end = number + 1
            break
        if found:
            held.setdefault(found["key"].strip().lower().replace(" ", "_").replace("-", "_"), found["value"].strip().strip("\"'"))
        elif not fenced:
            # an infobox needs a field that only heads have: prose may begin with "Note: …" too
            end = number if not line.strip() and len(held) > 1 else 0
            break
    known = {field for field, names in FIELDS.items() if field != "text" and any(n in held for n in names)}
    if not end or not known:
        return Report(text)
    length = len(text) - len(text.lstrip("\ufeff")) + sum(map(len, lines[:end]))
    blank = "".join("\n" if c == "\n" else " " for c in text[:length])
    return _report({k: v for k, v in held.items() if k not in FIELDS["text"]}, blank + text[length:])


def _field(item: Mapping[str, Any], field: str) -> str | None:
    """The first field of that meaning that holds something; a publisher may be an object with a name."""
    keys = {str(key).lower().replace("-", "_"): key for key in item}
    for name in FIELDS[field]:
        value = item.get(keys.get(name, name))
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, str) and value.strip():
            return value
    return None


def _report(item: Mapping[str, Any], text: str, number: int | None = None) -> Report:
    when, url = _field(item, "published"), _field(item, "url")
    return Report(
        text,
        _day(when) if when else None,
        _field(item, "title"),
        _field(item, "publisher"),
        url if url and re.match(r"https?://", url) else None,
        number,
    )


def _day(text: str) -> date | None:
    """The day of a date or time stamp; ``None`` for one that is no single day."""
    stamp = re.match(r"\d{4}-\d\d-\d\d(?=T| |$)", text.strip())
    # the forms of mail and feeds: "Fri, 14 May 2021 10:00:00 GMT"
    feed = re.match(r"(?:\w{3}, )?(\d{1,2} \w{3} \d{4})\b", text.strip())
    span = parse_date(stamp[0] if stamp else feed[1] if feed else text.strip())
    return span.start if span and span.start == span.end else None


def _web_page(markup: str, path: str) -> Report:
    """The main text of a page; the day of publication only where the page states it, never guessed from its text."""
    try:
        import trafilatura
    except ImportError as error:
        raise InputError(f"{path}: reading web pages needs the package trafilatura (pip install trafilatura)", path=path) from error
    page = trafilatura.bare_extraction(
        markup,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if page is None or isinstance(page, dict):
        return Report("")
    held = page.as_dict()
    fields = {"title": held.get("title"), "published": held.get("date"), "url": held.get("url"), "publisher": held.get("sitename")}
    return _report(fields, held.get("text") or "")


def _json_articles(text: str, path: str) -> tuple[Report, ...]:
    try:
        items = _items(text, lines=PurePath(path).suffix.lower() != ".json")
    except ValueError as error:
        raise InputError(f"{path}: is no JSON that can be read ({error})", path=path) from error
    found = []
    for number, item in enumerate(items, start=1):
        body = _field(item, "text") if isinstance(item, dict) else None
        if body:
            body = _web_page(f"<html><body><article>{body}</article></body></html>", path).text if _TAGS.search(body) else body
            found.append(_report(item, body, number if len(items) > 1 else None))
    if not found:
        names = ", ".join(FIELDS["text"][:4])
        raise InputError(f"{path}: none of its {len(items)} objects has the text of an article (a field like {names})", path=path)
    return tuple(found)


def _items(text: str, *, lines: bool) -> list[Any]:
    if lines:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    held = json.loads(text)
    if isinstance(held, dict):
        inside = next(
            (v for k, v in held.items() if k in ("articles", "items", "results", "data", "documents") and isinstance(v, list)), None
        )
        return [held] if inside is None else inside
    return held if isinstance(held, list) else []
