"""Place names in a sentence: found, taken together with the words around them, and told apart from people, bodies and context.

Names are looked up in the gazetteer, the longest first; so demonyms and unknown words are never places. A mention gets the words of
its relation ("15 km east of"), what narrows its homonyms ("in Tavush province"), and a role when it is no place of the
incident (home town, hospital, statement …). Geometry is left to `geo.geocode`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

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
_COMPASS = r"(?:north|south|east|west)(?:[- ]?(?:north|south|east|west))*"
_RELATION = re.compile(
    rf"(?:(?:{_DISTANCE}\s+(?:to the\s+)?)?{_COMPASS}\s+of|{_DISTANCE}\s+(?:away\s+)?from|{_DISTANCE}\s+(?:deep\s+)?(?:inside|"
    r"into)|(?:the\s+)?border\s+(?:sections?|area|areas|zone)\s+of|"
    rf"{any_of(_LISTS['near'])}|{any_of(_LISTS['direction'])}|in|on|inside|into|of|along)\s+{_THING}{{0,4}}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?:villages?|towns?|settlements?)?(?:\s?of\s)?\s*$", re.IGNORECASE)
_LIST_STEP = re.compile(
    r"\s*(?:,|and|or|, and|as well as|, as well as|;)\s+(?:smaller |the |of |in |around |near |"
    r"at |villages? of |from [\w' ]{1,14},? |[a-z]+ )?\s*",
    re.IGNORECASE,
)
_LINES = re.compile(
    r"(?:along |on |across )?(?:the )?(?:(?:(?:north|south|east|west)(?:[- ]?(?:north|south|"
    r"east|west))?(?:ern)? (?:section|stretch|part|sector) of (?:the|their) (?:state |shared |"
    r"common )?(?:border|frontier))"
    r"|line of contact|contact line|(?:Armenia(?:n)?[ -]+Azerbaijan(?:i)?|Azerbaijan(?:i)?[ -]+Armenia(?:n)?|"
    r"Armenian and Azerbaijani|state|shared|common) (?:state )?(?:border|frontier)(?! guard|"
    r" service| commander| dispute))",
    re.IGNORECASE,
)
_ALIAS_STEP = re.compile(
    r"\W{0,4}(?:[^.;]{0,60}?\b(?:called|calls?|call|named|names|known|know|knows|as|renamed|"
    r"name|for|in Azerbaijani|in Armenian|that|which|formerly|officially|also|or)\b[^.;]{0,40}|"
    r"\W*)$",
    re.IGNORECASE,
)
_NAME_KIND = re.compile(r" (?:corridor|bridge|checkpoint|reservoir|pass|airport|monastery|lake|valley)(?!\w)")
# "Karabakh authorities": a party, not a place
_PARTY = re.compile(
    r"\s+(?:Armenians?|army|republic|authorities|forces|officials|defen[cs]e|troops|police|"
    r"war|conflict|peace|issue|settlement|ministry|military|leader\w*|government|movement|question)\b",
    re.IGNORECASE,
)
# "posts in the direction of X opened fire": X is where the fire came from
_POSTED = re.compile(
    r"^(?!.*\b(?:attack\w*|fired|shelled|against|shelling|hit|fire)\b).*\b(?:posts?|positions?|"
    r"units|forces|stationed|deployed|located)\s+(?:\w+\s+)?in the directions? of (?:the )?$",
    re.IGNORECASE,
)
_FIRES_AFTER = re.compile(r"[^.;]{0,90}?\b(?:opened fire|fired|subjected|shelled|opened)\b", re.IGNORECASE)
_AREA_AFTER = re.compile(r" (?:area|vicinity|outskirts|surroundings|heights|directions?|sector)(?!\w)")
_DISTANT = re.compile(
    r"\b(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|m) (?:away )?from (?:the )?(?:village |town |city |settlement )?(?:of )?$",
    re.IGNORECASE,
)
_ROAD_FROM = re.compile(r"\b(?:road|highway|motorway|route)s? (?:leading |running )?(?:from|between) $", re.IGNORECASE)
_TOPIC = re.compile(r"\b(?:on|over|about|for|regarding|to|recognise|recognize|question of|status of) (?:the )?$", re.IGNORECASE)
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
CAPITALS = frozenset({"yerevan", "baku"})
UNLOCATED_KINDS = frozenset({"country", "foreign", "capital"})
AREA_KINDS = frozenset({"unit", "zone", "former_raion", "former_unit", "subregion", "country"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name in the article.

    Attributes
    ----------
    start, end
        Offsets of the name, with its kind word ("Tovuz district").
    text
        The name as written, without the kind word.
    places
        Gazetteer places that it may mean, best first; several when nothing decides.
    wording
        Offsets of the name with the words of its relation.
    shape
        ``name``, ``road`` or ``between`` (two places in `ends`), ``line``.
    said_kind
        ``unit`` or ``village`` when a word beside it says so.
    role
        ``None`` for a candidate place of an incident; otherwise what it is mentioned for.
    ends
        The two mentions of a road or of "between".
    within
        Name of the unit that a qualifier gives.
    """

    start: int
    end: int
    text: str
    places: tuple[Place, ...]
    wording: tuple[int, int]
    shape: str = "name"
    said_kind: str | None = None
    role: str | None = None
    ends: tuple[Mention, ...] = ()
    within: str | None = None


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


def _names(sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
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


def _unknown(sentence: Sentence, known: Sequence[Mention]) -> list[Mention]:
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


def _lines(sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    found = []
    for m in _LINES.finditer(sentence.text):
        contact = "contact" in m[0].lower()
        places = gazetteer.find("line of contact") if contact else gazetteer.find("state border")
        span = (m.start() + sentence.start, m.end() + sentence.start)
        found.append(Mention(*span, m[0], places, span, shape="line"))
    return found


def _joined(mentions: list[Mention], text: str, offset: int) -> list[Mention]:
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


@cache
def _role_pattern(role: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){any_of(_LISTS[role])}\s+(?:the\s+)?(?:(?:village|town|city|airfield|capital|southern|"
        r"northern|nearby)s?,?\s+(?:of\s+)?)?(?:outside\s+|at\s+|in\s+)?$",
        re.IGNORECASE,
    )


_ROLES = ("origin", "home_town", "hospital", "base", "destination", "reference", "future_talks", "statement")


def _role(mention: Mention, text: str, offset: int, *, alone: bool) -> str | None:
    """What the words before a name say that it is mentioned for."""
    if mention.shape == "name" and mention.places and all(p.kind in UNLOCATED_KINDS for p in mention.places):
        return "country" if mention.places[0].kind == "country" else "statement"
    if mention.shape == "name" and mention.text.casefold() in CAPITALS:
        return "statement"
    before = text[max(0, mention.start - offset - 70) : mention.start - offset]
    if mention.shape == "name" and mention.places and mention.places[0].kind == "zone" and _TOPIC.search(before):
        return "topic"
    if _POSTED.search(before) and _FIRES_AFTER.match(text, mention.end - offset):
        return "origin"
    if _DISTANT.search(before) and alone:
        return None
    for role in _ROLES:
        if _role_pattern(role).search(before):
            return role
    if re.match(r"[^.;,]{0,20}\bhospital\b", text[mention.end - offset :]) and re.search(r"\b(?:In|in|at|the)\s+$", before):
        return "hospital"
    if re.search(r"\bhospital\b", text[mention.end - offset : mention.end - offset + 30]):
        return "hospital"
    return None


def _with_roles(mentions: list[Mention], text: str, offset: int) -> list[Mention]:
    """Roles from the words before; in a list they pass on to the next name."""
    out: list[Mention] = []
    for mention in mentions:
        role = _role(mention, text, offset, alone=not any(m.role is None for m in out))
        if role is None and out and out[-1].role in _ROLES and mention.shape == "name":
            gap = text[out[-1].end - offset : mention.start - offset]
            role = (
                out[-1].role
                if _LIST_STEP.fullmatch(gap)
                or (mention.said_kind == "unit" and re.fullmatch(r",? (?:of|in)(?: the)? ", gap))
                or re.fullmatch(r", on the \w+ (?:shore|bank|edge) of ", gap)
                else None
            )
        out.append(replace(mention, role=role))
    return out


def _same_place(one: Mention, two: Mention) -> tuple[Place, ...]:
    ids = {p.place_id for p in two.places}
    return tuple(p for p in one.places if p.place_id in ids)


def _aliases(mentions: list[Mention], text: str, offset: int) -> list[Mention]:
    """The second of two names that the text gives for one place marked so, and the first narrowed to what both may mean."""
    out: list[Mention] = []
    for mention in mentions:
        for n, earlier in enumerate(out):
            if mention.shape != "name" or earlier.shape != "name" or earlier.text.casefold() == mention.text.casefold():
                continue
            gap = text[earlier.end - offset : mention.start - offset]
            shared = _same_place(earlier, mention)
            if shared and len(gap) < 130 and _ALIAS_STEP.match(gap) and mention.said_kind != "unit":
                out[n] = replace(earlier, places=shared)
                mention = replace(mention, places=shared, role="alias")
                break
        out.append(mention)
    return out


_QUALIFIER = re.compile(
    r"(?: \([^)]{1,30}\))?,? (?:- )?(?:\(?(?:in|of|all in|both in|also in)|(?:an?|the) [\w -]{1,35}? (?:in|"
    r"of)|in the [\w-]+(?: [\w-]+)? of)(?: the)?(?: [a-z-]+){0,3}(?: of)? $|, $|(?:,? (?:and )?[A-ZÇĞİÖŞÜƏ][\w']+){1,4},? (?:all |"
    r"both )?in $|,? in the (?:district|region|province) [^.;,]{1,50} $"
)
_BEARING = re.compile(rf",? (?:just |a village )?{_COMPASS} of $")


def _narrowed(mentions: list[Mention], text: str, offset: int) -> list[Mention]:
    """Homonyms narrowed by "in Tovuz district" and "east of Kapan" after them; these are then no places of their own."""
    out = list(mentions)
    for n, mention in enumerate(out):
        for m in range(n + 1, min(n + 7, len(out))):
            other = out[m]
            if mention.role == "alias" or other.role == "alias" or mention.shape != "name" or other.shape != "name":
                continue
            gap = text[mention.end - offset : other.start - offset]
            as_unit = other.said_kind == "unit" or re.match(r",? in the (?:district|region|province) ", gap) is not None
            units = [p for p in other.places if p.kind in AREA_KINDS or as_unit]
            if units and len(gap) < 110 and _QUALIFIER.match(gap):
                inside = tuple(p for p in mention.places if p.kind not in AREA_KINDS and any(_inside(p, u) for u in units))
                if inside:
                    out[n] = mention = replace(mention, places=inside, within=other.text)
                    out[m] = replace(other, places=tuple(units), role="qualifier" if other.role in (None, "origin") else other.role)
            elif (
                units
                and m == n + 2
                and out[m - 1].role == "qualifier"
                and text[out[m - 1].end - offset : other.start - offset].strip() in (",", "of the", ", in")
            ):
                out[m] = replace(other, role="qualifier")
            elif _BEARING.match(gap) and other.places and len(mention.places) > 1:
                nearest = min(mention.places, key=lambda p: (p.lon - other.places[0].lon) ** 2 + (p.lat - other.places[0].lat) ** 2)
                out[n] = mention = replace(mention, places=(nearest,))
                out[m] = replace(other, role="reference")
    return out


def _inside(place: Place, unit: Place) -> bool:
    if unit.kind == "country":
        return place.country == unit.country
    if unit.kind == "zone":
        return place.country == unit.country and abs(place.lat - unit.lat) < 0.7 and abs(place.lon - unit.lon) < 0.8
    if unit.adm1 is None:
        return distance_deg(place, unit) < 0.5
    return place.adm1 == unit.adm1


def find_places(sentence: Sentence, gazetteer: Gazetteer) -> list[Mention]:
    """The place mentions of a sentence, in order, with roles and narrowed homonyms.

    Parameters
    ----------
    sentence
        The sentence.
    gazetteer
        The names to know.
    """
    text, offset = sentence.text, sentence.start
    lines = _lines(sentence, gazetteer)
    names = [m for m in _names(sentence, gazetteer) if not any(x.start < m.end and m.start < x.end for x in lines)]
    unknown = _unknown(sentence, [*names, *lines])
    mentions = sorted([*_joined(names, text, offset), *lines, *unknown], key=lambda m: m.start)
    return _narrowed(_aliases(_with_roles(mentions, text, offset), text, offset), text, offset)


def distance_deg(one: Place, two: Place) -> float:
    """A measure for ranking only: degrees, longitude shortened for the latitude of the region."""
    return math.hypot((one.lon - two.lon) * 0.766, one.lat - two.lat)


def settle(mention: Mention, near: Sequence[Place], *, spread: bool = False) -> Mention:
    """With the homonyms in order: the one nearest to what else the article names first.

    A unit goes before a village of the same name, a town before its unit, unless a word beside the name said otherwise; with
    ``spread`` (what is told stands in the country and not in a town) the unit goes first.
    """
    if len(mention.places) < 2:
        return mention
    units = [p for p in mention.places if p.kind in ("unit", "zone")]
    places = list(mention.places)
    if units and mention.said_kind is None:
        # "positions in Kalbajar" stand in the district, not in the town
        towns = [] if spread else [p for p in places if p.kind in ("town", "city", "lake")]
        places = towns or units
    if near and len(places) > 1:
        places.sort(key=lambda p: sum(distance_deg(p, q) for q in near if q.place_id != p.place_id))
    return replace(mention, places=tuple(places))
