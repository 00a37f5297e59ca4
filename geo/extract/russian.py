"""Reports in Russian: event cues, places, dates, counts and who says it. A first version, simpler than the English rules.

Word lists are in ``data/words_russian.txt``; names in any case are found by `geo.extract.languages`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import cast

from geo.claims import Claim, Stance, status_of
from geo.extract.events import GROUPS
from geo.extract.languages import Named, find_inflected, is_incident_place, place_ref, road_ref, settled
from geo.extract.normalise import Article, Sentence
from geo.extract.records import ExtractedIncident, PlaceRef, Span, Tally
from geo.extract.words import any_of, matcher, word_lists
from geo.gazetteer import Gazetteer
from geo.schema import EVENT_TYPES, DatePrecision

_MONTHS = ("январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр")
_DAYS = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
_DAY = rf"(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_MONTHS)})(?:я|а)(?:\s+(?P<year>20\d\d))?(?!\w)"
_DATES = re.compile(
    rf"(?P<since>с |со )?(?P<night>в ночь (?:на|с \d{{1,2}} на) )?(?:{_DAY}|(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>20\d\d)|"
    rf"(?:во? )(?P<weekday>{'|'.join(_DAYS)})|(?P<word>вчера|накануне|сегодня|ночью|минувшей ночью))(?!\w)",
    re.IGNORECASE,
)
_NUMBERS = {
    stem: value
    for value, stems in enumerate(
        ("один|одна|одного|одно", "два|две|двое|двух|двоих", "три|трое|трех|трёх|троих", "четыре|четверо|четырех|четырёх",
         "пять|пятеро|пяти",
         "шесть|шестеро|шести", "семь|семеро|семи", "восемь|восьмеро|восьми", "девять|девяти", "десять|десяти",
         "одиннадцать", "двенадцать"),
        start=1,
    )
    for stem in stems.split("|")
}  # fmt: skip
_NUMBER = re.compile(
    rf"(?<![\w.,:-])(?:(?P<least>не менее|более|свыше|как минимум)\s+)?(?:около\s+)?"
    rf"(?P<n>\d{{1,4}}|{'|'.join(_NUMBERS)})(?![\w:.,-]*\d)(?!\w)",
    re.IGNORECASE,
)
_SIDES = (
    ("NK", r"карабах\w*|арцах\w*|степанакерт\w*"), ("AZ", r"азербайджан\w*|баку\b"), ("AM", r"армени\w*|ереван\w*|армянск\w*"),
    ("RU", r"росси\w*|москв\w*|кремл\w*|песков\w*|миротвор\w*"), ("EU", r"(?-i:ЕС)\b|евросоюз\w*|евромисси\w*"),
    ("US", r"(?-i:США)\b|вашингтон\w*|госдеп\w*"),
    ("FR", r"франци\w*|париж\w*|макрон\w*"), ("IR", r"иран\w*|тегеран\w*"), ("TR", r"турци\w*|анкар\w*"),
)  # fmt: skip
_PARTY = re.compile("|".join(rf"(?P<{side}>\b(?:{stem}))" for side, stem in _SIDES), re.IGNORECASE)
_STANCES = ("no_comment", "denies", "calls", "asserts")
_ROLES = ("killed", "wounded", "captured")


@dataclass
class _Draft:
    """An incident while its sentences are gathered."""

    type: str
    cue: Span
    sentences: list[Sentence] = field(default_factory=list)
    places: list[PlaceRef] = field(default_factory=list)
    when: tuple[date, date, DatePrecision, Span | None] | None = None


@cache
def _cues() -> re.Pattern[str]:
    lists = word_lists("russian")
    types = [t for t in lists if t in EVENT_TYPES]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(f'(?P<{t}>{any_of(lists[t])})' for t in types)})(?!\w)", re.IGNORECASE)


def _names_the_theatre(text: str) -> bool:
    off_topic = {m[0].lower() for m in matcher("russian", "off_topic").finditer(text)}
    return matcher("russian", "gate").search(text) is not None and len(off_topic) < 2


def read_russian(article: Article, *, published: date | None, gazetteer: Gazetteer) -> tuple[ExtractedIncident, ...]:
    """The incidents of a Russian report; parameters are those of `geo.extract.read_article_text`."""
    text = " ".join(s.text for s in article.sentences)
    if not _names_the_theatre(text) and not sum(bool(find_inflected(s, gazetteer, "ru")) for s in article.sentences[:6]):
        return ()
    if len({m[0].lower() for m in matcher("russian", "off_topic").finditer(text)}) > 1:
        return ()
    drafts = _drafts(article, published, gazetteer)
    return tuple(_record(d, n, article, published) for n, d in enumerate(drafts, start=1))


def _drafts(article: Article, published: date | None, gazetteer: Gazetteer) -> list[_Draft]:
    drafts: list[_Draft] = []
    for sentence in article.sentences:
        if sentence.headline or matcher("russian", "background").search(sentence.text):
            continue
        cue = _cues().search(sentence.text)
        places = _places(sentence, article, gazetteer)
        when = _date(sentence, published)
        current = drafts[-1] if drafts else None
        if cue and (current is None or _is_another(current, cue.lastgroup or "other", places, when)):
            if not places and when is None and not _counts(sentence):
                continue
            span = (cue.start() + sentence.start, cue.end() + sentence.start)
            current = _Draft(cue.lastgroup or "other", span)
            drafts.append(current)
        if current is None:
            continue
        current.sentences.append(sentence)
        if cue:
            known = {p.place_id for p in current.places}
            current.places += [p for p in places if p.place_id not in known]
        if cue or current.when is None:
            current.when = current.when or when
    return drafts


def _is_another(current: _Draft, kind: str, places: Sequence[PlaceRef], when: object) -> bool:
    """Whether a sentence with a cue begins another incident: another kind of event at another place or day, or all three told anew."""
    mine, theirs = {p.place_id for p in current.places}, {p.place_id for p in places}
    elsewhere = bool(mine) and bool(theirs) and not mine & theirs
    another_day = when is not None and current.when is not None and when != current.when
    kinds_differ = GROUPS[kind] != GROUPS[current.type] or (kind != current.type and "drone_strike" in (kind, current.type))
    return (kinds_differ and bool(theirs) and (elsewhere or another_day)) or (elsewhere and another_day)


def _places(sentence: Sentence, article: Article, gazetteer: Gazetteer) -> list[PlaceRef]:
    named = settled([n for n in find_inflected(sentence, gazetteer, "ru") if is_incident_place(n)])
    out, skip = [], False
    for one, after in zip(named, [*named[1:], None][: len(named)], strict=True):
        before = article.plain[sentence.start : one.start]
        if skip:
            skip = False
            continue
        near = _before("near").search(before)
        if (near is None and _before("away").search(before)) or _is_spoken(article, one):
            continue
        if after and re.fullmatch(r"\s?-\s?", article.plain[one.end : after.start]):
            out.append(road_ref(one, after, article=article, gazetteer=gazetteer))
            skip = True
            continue
        start = sentence.start + near.start() if near else one.start
        out.append(_ref(one, article, gazetteer, near is not None, start))
    points = [p for p in out if p.location.kind != "area"]
    return [p for p in out if p.location.kind != "area" or not any(q.adm1 == p.adm1 for q in points)]


def _ref(named: Named, article: Article, gazetteer: Gazetteer, near: bool, start: int) -> PlaceRef:
    span = (start, named.end)
    return place_ref(named, gazetteer=gazetteer, near=near, span=span, mention=article.text[slice(*span)])


@cache
def _before(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(word_lists('russian')[section])}\s+(?:сел\w+\s+|город\w+\s+|деревн\w+\s+)?$", re.IGNORECASE)


def _is_spoken(article: Article, named: Named) -> bool:
    """Whether a name only tells where somebody spoke ("сообщили в Степанакерте")."""
    verb = any_of(word_lists("russian")["asserts"] + word_lists("russian")["denies"])
    before, after = article.plain[max(0, named.start - 40) : named.start], article.plain[named.end : named.end + 25]
    return re.search(rf"{verb}\s+в\s+$", before, re.IGNORECASE) is not None or re.match(rf"\s+{verb}", after, re.IGNORECASE) is not None


def _date(sentence: Sentence, published: date | None) -> tuple[date, date, DatePrecision, Span | None] | None:
    """The first date of a sentence that is not in the future."""
    if published is None:
        return None
    for m in _DATES.finditer(sentence.text):
        day = _day_of(m, published)
        if day is None or day > published or (published - day).days > 45:
            continue
        span = (m.start() + sentence.start, m.end() + sentence.start)
        if m["night"] or (m["word"] or "").lower().endswith("ночью"):
            return day - timedelta(days=1), day, "range", span
        if m["since"] and day < published:
            return day, published, "range", span
        return day, day, "day", span
    return None


def _day_of(m: re.Match[str], published: date) -> date | None:
    word = (m["word"] or "").lower()
    if word:
        return published - timedelta(days=word in ("вчера", "накануне"))
    if m["weekday"]:
        return published - timedelta(days=(published.weekday() - _DAYS.index(m["weekday"].lower())) % 7)
    try:
        if m["d"]:
            return date(int(m["y"]), int(m["m"]), int(m["d"]))
        month = _MONTHS.index(m["month"].lower()) + 1
        day = date(int(m["year"] or published.year), month, int(m["day"]))
        return day if m["year"] or day <= published else day.replace(year=day.year - 1)
    except ValueError:
        return None


def _counts(sentence: Sentence) -> list[tuple[str, int, int | None, Span]]:
    """Role, bounds and offsets of the numbers of people in a sentence."""
    found = []
    text, left = sentence.text, sentence.start
    for m in _NUMBER.finditer(text):
        value = int(m["n"]) if m["n"].isdigit() else _NUMBERS[m["n"].lower()]
        # a role after the number, with nothing but the people counted between; else right before it
        for role in _ROLES:
            stems = any_of(word_lists("russian")[role])
            after = re.compile(rf"(?:\s+(?!и\b)[\w-]+){{0,3}}?\s+{stems}(?!\w)", re.IGNORECASE).match(text, m.end())
            before = re.search(rf"{stems}\s+(?:как минимум\s+)?$", text[: m.start()], re.IGNORECASE)
            if after or before:
                end = after.end() if after else m.end()
                found.append((role, value, None if m["least"] else value, (m.start() + left, end + left)))
                break
    for m in matcher("russian", "none").finditer(text):
        found += [(role, 0, 0, (m.start() + left, m.end() + left)) for role in _ROLES[:2]]
    return found


def _claims(sentence: Sentence, article: Article, published: date | None) -> list[Claim]:
    """A claim for each verb of speaking with a party beside it in the same clause."""
    lists, found = word_lists("russian"), []
    pattern = re.compile("|".join(rf"(?P<{s}>(?<!\w){any_of(lists[s])}(?!\w))" for s in _STANCES), re.IGNORECASE)
    for m in pattern.finditer(sentence.text):
        start = sentence.text.rfind(",", 0, m.start()) + 1
        end = next((i for i in (sentence.text.find(",", m.end()),) if i >= 0), len(sentence.text))
        parties = list(_PARTY.finditer(sentence.text, start, end))
        if not parties:
            continue
        nearest = min(parties, key=lambda p: min(abs(p.start() - m.end()), abs(m.start() - p.end())))
        stance = cast(Stance, m.lastgroup)
        if stance == "asserts" and matcher("russian", "denies_content").search(sentence.text, m.end()):
            stance = "denies"
        span = (sentence.start, sentence.end)
        by = " ".join(sentence.text[min(nearest.start(), m.end()) if nearest.start() > m.end() else start : nearest.end()].split())
        by = by.removeprefix("в ").removeprefix("В ").strip()
        said_on = published.isoformat() if published else None
        found.append(Claim(by, nearest.lastgroup, stance, None, article.text[slice(*span)], said_on, None, span))
    return found[:2]


def _record(draft: _Draft, number: int, article: Article, published: date | None) -> ExtractedIncident:
    claims = tuple({(c.side, c.stance): c for s in reversed(draft.sentences) for c in _claims(s, article, published)}.values())[::-1]
    counts = [c for s in draft.sentences for c in _counts(s)]
    tallies = {role: _tally([c for c in counts if c[0] == role]) for role in _ROLES}
    when = draft.when or ((published, published, "day", None) if published else None)
    spans: list[tuple[str, int, int]] = [("event_type", *draft.cue)]
    spans += [("date", *when[3])] if when and when[3] else []
    spans += [("place", *p.span) for p in draft.places]
    spans += [(role, *t.span) for role, t in tallies.items() if t]
    spans += [("claim", *c.span) for c in claims if c.span]
    notes = ["read by the first, simple rules for Russian; look at every field"]
    if draft.when is None and published:
        notes.append("no day told; dated by publication")
    return ExtractedIncident(
        number, draft.type, article.text[slice(*draft.cue)], when[0] if when else None, when[1] if when else None,
        when[2] if when else "unknown", when[3] if when else None, tuple(draft.places), (), claims, None,
        tallies["killed"], tallies["wounded"], tallies["captured"], status_of(claims), tuple(spans), tuple(notes),
    )  # fmt: skip


def _tally(found: Sequence[tuple[str, int, int | None, Span]]) -> Tally | None:
    if not found:
        return None
    _, low, high, span = max(found, key=lambda c: c[1])
    return Tally(low, high, None, False, False, "people", span)
