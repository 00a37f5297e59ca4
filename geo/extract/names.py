"""Place names in a sentence: found in the gazetteer, the longest first, and told apart from people, bodies and adjectives.

A name gets the words of its relation ("15 km east of"); names of a road and of "between" become one. What a name is mentioned for is left
to `geo.extract.mentions`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from geo.extract.mention import AREA_KINDS, UNLOCATED_KINDS, Mention
from geo.extract.normalise import Sentence
from geo.extract.words import any_of, word_lists
from geo.gazetteer import Gazetteer, Place

_LISTS = word_lists("places")

_WORD = re.compile(r"[^\W\d_](?:[\w]|'(?!s\b))*")

_LONGEST_NAME = 4

_UNIT_AFTER = re.compile(rf",?\s+(?:{any_of(_LISTS['unit_words'])})(?!\w)", re.IGNORECASE)

_PLURAL_UNIT = re.compile(r"(?:,? (?:and )?[^\W\d_][\w'-]*){1,6} (?:districts|regions|provinces)\b")

_UNIT_BEFORE = re.compile(rf"\b(?:{any_of(_LISTS['unit_words'])}) of\s+$", re.IGNORECASE)

_VILLAGE_AFTER = re.compile(rf"\s+(?:{any_of(_LISTS['village_words'])})(?!\w)", re.IGNORECASE)

_VILLAGE_BEFORE = re.compile(rf"\b(?:{any_of(_LISTS['village_words'])}) of\s+$", re.IGNORECASE)

_ROAD_AFTER = re.compile(rf"\s+(?:\w+\s+)?(?:{any_of(_LISTS['road_words'])})\b", re.IGNORECASE)

_ORGANISATION = re.compile(rf"(?:\s+(?i:{any_of(_LISTS['organisation_after'])})(?!\w))(?=[ ,.'-]|$)")

_ADJECTIVE = re.compile(any_of(_LISTS["adjective_after"]), re.IGNORECASE)

_TITLE = re.compile(rf"\b{any_of(word_lists('actors')['persons_before'])}\.?\s+$", re.IGNORECASE)

_NAME_BEFORE = re.compile(r"(?<![\w.])([A-ZÇĞİÖŞÜƏ][a-zçğıöşüə]+)\s+$")

_NAME_AFTER = re.compile(r"\s+[A-Z][\w']*(?:yan|ian|ov|ev|ova|yeva|zade|oglu|li|ski)\b")

_THING = (
    r"(?:(?:the|its|an?|two|several|military|positions?|posts?|hills?|border|section|area|territory|"
    r"village|villages|town|towns|settlements?|hamlets?|district|region|province|monastery|"
    r"southern|northern|eastern|western|hill|city|of|in)\s+)"
)

_DISTANCE = (
    r"(?:(?:roughly|about|some|around|approximately|up to)\s+)?(?:\d+(?:[.,]\d+)?|a few|several|"
    r"\w+)\s*(?:-| )?(?:km|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?)"
)

COMPASS = r"(?:north|south|east|west)(?:[- ]?(?:north|south|east|west))*"

_RELATION = re.compile(
    rf"(?<![\w-])(?:(?:{_DISTANCE}\s+(?:to the\s+)?)?{COMPASS}\s+of|{_DISTANCE}\s+(?:away\s+)?from|{_DISTANCE}\s+(?:deep\s+)?(?:inside|"
    r"into)|(?:the\s+)?border\s+(?:sections?|area|areas|zone)\s+of|"
    rf"{any_of(_LISTS['near'])}|{any_of(_LISTS['direction'])}|in|on|inside|into|of|along)\s+{_THING}{{0,4}}$",
    re.IGNORECASE,
)

_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:villages?|towns?|settlements?)?(?:\s?of\s)?\s*$", re.IGNORECASE)

_LINES = re.compile(
    r"(?:along |on |across )?(?:the )?(?:(?:(?:north|south|east|west)(?:[- ]?(?:north|south|"
    r"east|west))?(?:ern)? (?:section|stretch|part|sector) of (?:the|their) (?:state |shared |"
    r"common )?(?:border|frontier))"
    r"|line of contact|contact line|(?:Armenia(?:n)?[ -]+Azerbaijan(?:i)?|Azerbaijan(?:i)?[ -]+Armenia(?:n)?|"
    r"Armenian and Azerbaijani|state|shared|common) (?:state )?(?:border|frontier)(?! guard|"
    r" service| commander| dispute))",
    re.IGNORECASE,
)

_NAME_KIND = re.compile(r" (?:corridor|bridge|checkpoint|reservoir|pass|airport|monastery|lake|valley)(?!\w)")

# "Karabakh authorities": a party, not a place
_PARTY = re.compile(
    r"\s+(?:Armenians?|army|republic|authorities|forces|officials|defen[cs]e|troops|police|"
    r"war|conflict|peace|issue|settlement|ministry|military|leader\w*|government|movement|question|"
    rf"{any_of(word_lists('actors')['forces'] + word_lists('actors')['civilians'])})\b",
    re.IGNORECASE,
)

_AREA_AFTER = re.compile(r" (?:area|vicinity|outskirts|surroundings|heights|directions?|sector)(?!\w)")

_ROAD_FROM = re.compile(r"\b(?:road|highway|motorway|route)s? (?:leading |running )?(?:from|between) $", re.IGNORECASE)

# names that no gazetteer knows: only where the words around leave no doubt that they are places
_PROPER = r"[A-ZÇĞİÖŞÜƏ][\w'-]+(?: [A-ZÇĞİÖŞÜƏ][\w'-]+)?"

_UNKNOWN = re.compile(
    rf"(?:\b(?:villages?|settlements?|hamlets?|heights?) of (?P<of>{_PROPER})|\b(?:near|outside|"
    rf"close to|in the direction of|at the) (?P<near>{_PROPER})"
    rf"(?= (?:village|settlement|sector|heights?|section|post|area)|[ ,.;]))"
)

_NO_PLACE = re.compile(
    r"(?:Armenia|Azerbaijan|Russia|Turk|Iran|Georgia|Karabakh|EU|OSCE|UN|NATO|Red|National|State|Defen[cs]e|Ministry|\w+day\b)"
)

_KIND_OF = re.compile(rf"\b(?:{any_of(_LISTS['unit_words'])}|{any_of(_LISTS['village_words'])}) of (?:the )?$", re.IGNORECASE)


def _guarded(text: str, start: int, end: int, known: Callable[[str], bool]) -> bool:
    """Whether the words around say that this is a person, a body or an adjective."""
    if (
        _ADJECTIVE.match(text, end)
        or _ORGANISATION.match(text, end)
        or _NAME_AFTER.match(text, end)
        or _TITLE.search(text[max(0, start - 20) : start])
    ):
        return True
    if "arabakh" in text[start:end].lower() and _PARTY.match(text, end):
        return True
    before = _NAME_BEFORE.search(text[max(0, start - 25) : start])
    if before is None or before[1].lower() in _plain_capitals() or known(before[1]):
        return False
    # the first word of a sentence is capital whatever it is
    at = start - (len(text[max(0, start - 25) : start]) - before.start(1))
    return not (at == 0 or text[:at].rstrip().endswith((".", '"', ":"))) or (
        before[1].istitle() and len(text) > 0 and at == 0 and _is_given_name(text, end)
    )


def _is_given_name(text: str, end: int) -> bool:
    return re.match(r"\s+(?:said|says|told|was|who|came|,)", text[end:]) is not None


@cache
def _plain_capitals() -> frozenset[str]:
    words = (
        "in at on near from to of the and between outside around towards lake mount armenian azerbaijani "
        "azeri russian armenia's azerbaijan's south north east west southern northern eastern "
        "western upper lower old new town city village district region province when after before "
        "while but as for by with via over both its their azerbaijan armenia russia"
    )
    return frozenset(words.split())


def find_names(sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    """The names of the gazetteer in a sentence, the longest first, none inside another."""
    text, words = sentence.text, list(_WORD.finditer(sentence.text))
    found: list[Mention] = []
    n = 0
    while n < len(words):
        step = 1
        if words[n][0][0].isupper():
            for size in range(min(_LONGEST_NAME, len(words) - n), 0, -1):
                start, end = words[n].start(), words[n + size - 1].end()
                if size < _LONGEST_NAME and (kind := _NAME_KIND.match(text, end)) and (places := gazetteer.find(text[start : kind.end()])):
                    found.append(_mention(text, start, kind.end(), places, sentence.start))
                    step = size
                    break
                if (
                    end - start > 60
                    or re.search(r"[^\w '-]|  |- | -", text[start:end])
                    or (not words[n + size - 1][0][0].isupper() and size > 1)
                ):
                    continue
                if (places := gazetteer.find(text[start:end])) and any(p.kind != "line" for p in places):
                    if not _guarded(text, start, end, lambda w: bool(gazetteer.find(w))):
                        found.append(_mention(text, start, end, places, sentence.start))
                    step = size
                    break
        n += step
    return found


def _mention(text: str, start: int, end: int, places: tuple[Place, ...], offset: int) -> Mention:
    said: str | None = None
    name_end = end
    if (m := _UNIT_AFTER.match(text, end)) and "," not in m[0]:
        said, end = "unit", m.end()
    elif _UNIT_BEFORE.search(text[max(0, start - 30) : start]) or _PLURAL_UNIT.match(text, end):
        said = "unit"
    elif (m := _VILLAGE_AFTER.match(text, end)) or _VILLAGE_BEFORE.search(text[max(0, start - 30) : start]):
        said = "village"
        end = m.end() if m else end
    around = _AREA_AFTER.match(text, end)
    if around and said is None:
        end = around.end()
    relation = _RELATION.search(text[max(0, start - 90) : start])
    left = start - len(relation[0]) if relation else start
    if relation and relation[0].lower().startswith("of "):
        # "of" alone tells nothing; "province of" tells the kind
        kind = _KIND_OF.search(text[max(0, start - 30) : start])
        left = start - len(kind[0]) if kind else start
    return Mention(
        start + offset, end + offset, text[start:name_end], _of_kind(places, said), (left + offset, end + offset), said_kind=said
    )


def _of_kind(places: tuple[Place, ...], said: str | None) -> tuple[Place, ...]:
    """The places that fit the word beside the name; all of them when none fits."""
    if said == "unit":
        fitting = tuple(p for p in places if p.kind in ("unit", "former_raion", "former_unit"))
    elif said == "village":
        fitting = tuple(p for p in places if p.kind not in AREA_KINDS)
    else:
        fitting = ()
    return fitting or places


def find_unknown(sentence: Sentence, known: Sequence[Mention]) -> list[Mention]:
    """Names after "village of" or "near" that are in no gazetteer: kept, and left unlocated."""
    found = []
    for m in _UNKNOWN.finditer(sentence.text):
        part = "of" if m["of"] else "near"
        if part == "near" and m[0].lower().startswith("at the ") and not _SECTOR.match(sentence.text, m.end()):
            continue
        start, end = m.start(part) + sentence.start, m.end(part) + sentence.start
        if not _NO_PLACE.match(m[part]) and not any(k.start < end and start < k.end for k in known):
            found.append(Mention(start, end, m[part], (), (m.start() + sentence.start, end)))
    return found


_SECTOR = re.compile(r" (?:sector|section|heights?|post|area)\b")


def find_lines(sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    found = []
    for m in _LINES.finditer(sentence.text):
        contact = "contact" in m[0].lower()
        places = gazetteer.find("line of contact") if contact else gazetteer.find("state border")
        span = (m.start() + sentence.start, m.end() + sentence.start)
        found.append(Mention(*span, m[0], places, span, shape="line"))
    return found


def join_pairs(mentions: list[Mention], text: str, offset: int) -> list[Mention]:
    """With "A-B road" and "between A and B" made one."""
    out: list[Mention] = []
    n = 0
    while n < len(mentions):
        one = mentions[n]
        two = mentions[n + 1] if n + 1 < len(mentions) else None
        if two and one.shape == two.shape == "name":
            gap = text[one.end - offset : two.start - offset]
            if gap == "-" and (road := _ROAD_AFTER.match(text, two.end - offset)):
                out.append(
                    Mention(
                        one.start,
                        road.end() + offset,
                        text[one.start - offset : road.end()],
                        one.places,
                        (one.start, road.end() + offset),
                        "road",
                        ends=(one, two),
                    )
                )
                n += 2
                continue
            between = _BETWEEN.search(text[max(0, one.start - offset - 45) : one.start - offset])
            way = _ROAD_FROM.search(text[max(0, one.start - offset - 45) : one.start - offset])
            if way and gap.strip() in ("to", "and"):
                span = (one.start - len(way[0].lstrip()), two.end)
                words = text[span[0] - offset : span[1] - offset]
                out.append(Mention(*span, words, one.places, span, "between", ends=(one, two)))
                n += 2
                continue
            if between and gap.strip() == "and" and not _country(one):
                left = one.start - len(between[0])
                out.append(
                    Mention(left, two.end, text[left - offset : two.end - offset], one.places, (left, two.end), "between", ends=(one, two))
                )
                n += 2
                continue
        out.append(one)
        n += 1
    return out


def _country(mention: Mention) -> bool:
    return bool(mention.places) and mention.places[0].kind in UNLOCATED_KINDS
