"""Place mentions of a sentence: what each name is mentioned for, and what narrows its homonyms.

A mention gets a role when it is no place of the incident (home town, hospital, statement …), is an alias of the name before it, or only
qualifies another ("in Tavush province"). Finding names is left to `geo.extract.names`, geometry to `geo.geocode`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from geo.extract.mention import AREA_KINDS, CAPITALS, UNLOCATED_KINDS, Mention, distance_deg, settle
from geo.extract.names import COMPASS, find_lines, find_names, find_unknown, join_pairs
from geo.extract.normalise import Sentence
from geo.extract.words import any_of, word_lists
from geo.gazetteer import Gazetteer, Place

__all__ = ["AREA_KINDS", "CAPITALS", "UNLOCATED_KINDS", "Mention", "distance_deg", "find_places", "settle"]

_LISTS = word_lists("places")

_LIST_STEP = re.compile(
    r"\s*(?:,|and|or|, and|as well as|, as well as|;)\s+(?:smaller |the |of |in |around |near |"
    r"at |villages? of |from [\w' ]{1,14},? |[a-z]+ )?\s*",
    re.IGNORECASE,
)

_ALIAS_STEP = re.compile(
    r"\W{0,4}(?:[^.;]{0,60}?\b(?:called|calls?|call|named|names|known|know|knows|as|renamed|"
    r"name|for|in Azerbaijani|in Armenian|that|which|formerly|officially|also|or)\b[^.;]{0,40}|"
    r"\W*)$",
    re.IGNORECASE,
)

# "posts in the direction of X opened fire": X is where the fire came from
_POSTED = re.compile(
    r"^(?!.*\b(?:attack\w*|fired|shelled|against|shelling|hit|fire)\b).*\b(?:posts?|positions?|"
    r"units|forces|stationed|deployed|located)\s+(?:\w+\s+)?in the directions? of (?:the )?$",
    re.IGNORECASE,
)

_FIRES_AFTER = re.compile(r"[^.;]{0,90}?\b(?:opened fire|fired|subjected|shelled|opened)\b", re.IGNORECASE)

_DISTANT = re.compile(
    r"\b(?:km|kilomet(?:re|er)s?|miles?|met(?:re|er)s?|m) (?:away )?from (?:the )?(?:village |town |city |settlement )?(?:of )?$",
    re.IGNORECASE,
)

_TOPIC = re.compile(r"\b(?:on|over|about|for|regarding|to|recognise|recognize|question of|status of) (?:the )?$", re.IGNORECASE)


@cache
def _role_pattern(role: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){any_of(_LISTS[role])}\s+(?:the\s+)?(?:(?:village|town|city|airfield|capital|southern|"
        r"northern|nearby)s?,?\s+(?:of\s+)?)?(?:outside\s+|at\s+|in\s+)?$",
        re.IGNORECASE,
    )


# "withdrew its post from X": X is where that happened
_LEFT = re.compile(r"\b(?:withdr[ae]w|pull|remov|dismantl|evict)\w*\b[^.;]{0,50}\bfrom (?:the )?(?:village of |town of )?$", re.IGNORECASE)
_AIMED_AT = re.compile(
    r"\b(?:hit|struck|shelled|attack\w*|fired|pounded|stormed|targeted|bombarded|raided|"
    r"pulled out|withdr[ae]w\w*|left|abandoned|vacated|removed)\b[^.;]*$",
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
        found = _role_pattern(role).search(before)
        aimed = (role == "base" and _AIMED_AT.search(before)) or (role == "destination" and _LEFT.search(before))
        if found and not aimed:
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

_MORE_OF_LIST = re.compile(r",? (?:and|or) (?:in |at |near )?[A-ZÇĞİÖŞÜƏ]|, [A-ZÇĞİÖŞÜƏ][\w'-]+,? and ")

_BEARING = re.compile(rf",? (?:just |a village )?{COMPASS} of $")


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
            listed = gap == ", " and not as_unit and len(units) < len(other.places) and _MORE_OF_LIST.match(text, other.end - offset)
            if units and not listed and len(gap) < 110 and _QUALIFIER.match(gap):
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
    lines = find_lines(sentence, gazetteer)
    names = [m for m in find_names(sentence, gazetteer) if not any(x.start < m.end and m.start < x.end for x in lines)]
    unknown = find_unknown(sentence, [*names, *lines])
    mentions = sorted([*join_pairs(names, text, offset), *lines, *unknown], key=lambda m: m.start)
    return _narrowed(_aliases(_with_roles(mentions, text, offset), text, offset), text, offset)
