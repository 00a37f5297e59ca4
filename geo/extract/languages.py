"""Languages of reports: which one a text is in, and place names in languages that inflect them.

English is read by the rest of the package and Russian by `geo.extract.russian`. Of Armenian and Azerbaijani the places are recognised and
one incident is drafted for a person to complete; any other language is told to be unsupported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from geo.extract.mention import UNLOCATED_KINDS, distance_deg
from geo.extract.normalise import Article, Sentence
from geo.extract.records import ExtractedIncident, PlaceRef
from geo.gazetteer import Gazetteer, Place
from geo.locate import locate

Language = Literal["en", "ru", "hy", "az"]

NAMES: dict[Language, str] = {"en": "English", "ru": "Russian", "hy": "Armenian", "az": "Azerbaijani"}

_LETTERS = re.compile(r"[^\W\d_]+")
_WORDS = {
    "en": re.compile(r"\b(?:the|of|and|in|to|on|said|was|were|at|by|that|from|has|near)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:и|в|во|на|что|по|из|не|с|у|о|за|от|при|близ|его)\b", re.IGNORECASE),
    "az": re.compile(r"\b(?:və|ilə|bu|ki|üçün|olub|edib|isə|onun|tərəfindən|bildirib|da|də)\b|\w*ə\w*", re.IGNORECASE),
}
_ARMED = {
    "hy": re.compile(r"կրակ|զինծառայող|զինված|ական\b|ականի|հրադադար|զոհ|վիրավոր|հակառակորդ|սահմանապահ|դիրք", re.IGNORECASE),
    "az": re.compile(r"atəş|hərbi|hərbçi|mina|sərhəd|qoşun|əsgər|şəhid|yaralan|silahlı|mövqe", re.IGNORECASE),
}
_OFF_TOPIC = {
    "hy": re.compile(r"ֆուտբոլ|խաղ|գոլ|մարզիչ|փառատոն|համերգ|երկրաշարժ", re.IGNORECASE),
    "az": re.compile(r"futbol|oyun|qol|məşqçi|festival|konsert|zəlzələ|çempionat", re.IGNORECASE),
}
# what is cut off a name and what is put in its place, longest first
_ENDINGS: dict[Language, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "ru": (
        ("ского", ("ский",)), ("ском", ("ский",)), ("ской", ("ская",)), ("скому", ("ский",)),
        ("ами", ("", "ы", "и")), ("ах", ("", "ы", "и")),
        ("ом", ("",)), ("ем", ("", "ь")), ("ой", ("а",)), ("ей", ("я",)), ("а", ("", "о")), ("у", ("", "а")), ("е", ("", "а", "о")),
        ("и", ("а", "ь", "я", "")), ("ы", ("а", "")), ("ю", ("я", "ь", "й")), ("я", ("ь", "й", "")),
    ),
    "hy": (("ում", ("",)), ("ից", ("",)), ("ին", ("", "ի")), ("ի", ("",)), ("ը", ("",)), ("ն", ("",)), ("ու", ("ի",))),
    "az": tuple(
        (ending, ("",))
        for ending in ("nın", "nin", "nun", "nün", "dan", "dən", "da", "də", "ın", "in", "un",
                       "ün", "ya", "yə", "nı", "ni", "nu", "nü", "a", "ə",
                       "ı", "i", "u", "ü")
    ),
}  # fmt: skip
_UNIT_AFTER = {
    "en": re.compile(r"(?!)"),
    "ru": re.compile(r"\s+(?:район|област)", re.IGNORECASE),
    "hy": re.compile(r"\s+(?:մարզ|շրջան)", re.IGNORECASE),
    "az": re.compile(r"\s+rayon", re.IGNORECASE),
}
_NAME = re.compile(r"[^\W\d_][\w'’]*(?:-[^\W\d_][\w'’]*)*")


@dataclass(frozen=True, slots=True)
class Named:
    """A place name in an inflecting language: offsets in the article, the words, and what may be meant."""

    start: int
    end: int
    text: str
    places: tuple[Place, ...]


def language_of(article: Article) -> Language | None:
    """The language of a text by its script and its small words; ``None`` when it is none that is known."""
    sample = " ".join(s.text for s in article.sentences[:40])[:6000]
    words = len(_LETTERS.findall(sample))
    letters = re.sub(r"[\W\d_]", "", sample)
    if not letters:
        return "en"
    if len(re.findall(r"[\u0531-\u0587]", letters)) > 0.5 * len(letters):
        return "hy"
    if len(re.findall(r"[\u0400-\u04ff]", letters)) > 0.5 * len(letters):
        return "ru" if len(_WORDS["ru"].findall(sample)) >= 0.06 * words and not re.search(r"[іїєґўәђј]", sample) else None
    english = len(_WORDS["en"].findall(sample))
    if "ə" in sample.lower() and len(_WORDS["az"].findall(sample)) > max(english, 0.15 * words):
        return "az"
    return "en" if words < 12 or english >= 0.06 * words else None


def _forms(word: str, language: Language) -> Iterator[str]:
    yield word
    for ending, put in _ENDINGS[language]:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            yield from (word[: -len(ending)] + new for new in put)


def find_inflected(sentence: Sentence, gazetteer: Gazetteer, language: Language) -> list[Named]:
    """The gazetteer's names in a sentence, in any case; names of two words before those of one."""
    words = list(_NAME.finditer(sentence.text))
    found: list[Named] = []
    n = 0
    while n < len(words):
        step = 1
        for size in (2, 1):
            if n + size > len(words) or not all(w[0][0].isupper() for w in words[n : n + size]):
                continue
            start, end = words[n].start(), words[n + size - 1].end()
            text = sentence.text[start:end]
            if "\n" in text or (size == 2 and not re.fullmatch(r"\S+ \S+", text)):
                continue
            places = next((p for form in _forms(text, language) if len(form) > 2 and (p := gazetteer.find(form))), ())
            if places:
                said = _UNIT_AFTER[language].match(sentence.text, end) is not None
                fitting = tuple(p for p in places if p.is_area == said)
                found.append(Named(start + sentence.start, end + sentence.start, text, fitting or places))
                step = size
                break
        n += step
    return found


def settled(named: Sequence[Named]) -> list[Named]:
    """Homonyms with that first which lies nearest to the names that mean one place only."""
    sure = [n.places[0] for n in named if len(n.places) == 1 and is_incident_place(n)]
    if not sure:
        return list(named)
    return [replace(n, places=tuple(sorted(n.places, key=lambda p: min(distance_deg(p, q) for q in sure)))) for n in named]


def is_incident_place(named: Named) -> bool:
    """Whether a name can be where something happened: no country, capital or foreign city."""
    return not all(place.kind in UNLOCATED_KINDS for place in named.places)


def place_ref(named: Named, *, gazetteer: Gazetteer, near: bool, span: tuple[int, int], mention: str) -> PlaceRef:
    """A name with its location: of the settlement, or near it where the words say so."""
    place = named.places[0]
    near = near and not place.is_area
    wording = f"near {place.names[0]}" if near else place.names[0]
    location = locate(wording, gazetteer=gazetteer, adm1=place.adm1, place_id=place.place_id)
    centre = location.geometry.centroid if location.geometry is not None else None
    lon, lat = (centre.x, centre.y) if centre is not None else (place.lon, place.lat)
    relation = mention[: named.start - span[0]].strip() or None
    return PlaceRef(span, mention, place.name, location, lon, lat, place.country, place.adm1, place.place_id, relation)


def road_ref(one: Named, two: Named, *, article: Article, gazetteer: Gazetteer) -> PlaceRef:
    """The road between two names, as one place."""
    ends = [n.places[0] for n in (one, two)]
    adm1 = ";".join(dict.fromkeys(p.adm1 for p in ends if p.adm1))
    location = locate(f"road between {ends[0].names[0]} and {ends[1].names[0]}", gazetteer=gazetteer, adm1=adm1 or None)
    centre = location.geometry.centroid if location.geometry is not None else None
    lon, lat = (centre.x, centre.y) if centre is not None else (ends[0].lon, ends[0].lat)
    country = ends[0].country if ends[0].country == ends[1].country else None
    span = (one.start, two.end)
    name = f"{ends[0].name}–{ends[1].name}"
    return PlaceRef(span, article.text[slice(*span)], name, location, lon, lat, country, ends[0].adm1, ends[0].place_id)


def draft_for_a_person(
    article: Article, language: Language, *, published: date | None, gazetteer: Gazetteer
) -> tuple[ExtractedIncident, ...]:
    """One incident of type ``other`` with the places of the first sentences that name any, when the text is about arms at all."""
    text = " ".join(s.text for s in article.sentences)
    if language not in _ARMED or not _ARMED[language].search(text) or _OFF_TOPIC[language].search(text):
        return ()
    named = settled(
        [
            n
            for s in article.sentences[:6]
            if _ARMED[language].search(s.text)
            for n in find_inflected(s, gazetteer, language)
            if is_incident_place(n)
        ]
    )
    if not named:
        return ()
    unique = list({n.places[0].place_id: n for n in reversed(named)}.values())[::-1]
    places = tuple(
        place_ref(n, gazetteer=gazetteer, near=True, span=(n.start, n.end), mention=article.text[n.start : n.end]) for n in unique
    )
    note = f"{NAMES[language]} is not read yet: only places were recognised; type, day, counts and claims are for a person to fill in"
    evidence = tuple(("place", n.start, n.end) for n in unique)
    return (
        ExtractedIncident(
            1, "other", article.text[unique[0].start : unique[0].end], published, published,
            "day" if published else "unknown", None, places,
            (), (), None, None, None, None, "unverified", evidence, (note,),
        ),
    )  # fmt: skip
