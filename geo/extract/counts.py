"""How many: strength, killed, wounded and captured, with their modifiers, out of a sentence.

"An estimated 250 troops" is 250..250, "at least six" 6..unknown, "dozens" 24..unknown, "no casualties" 0..0; ages, distances, posts
and trucks are no people. Whose people they are is told by the words beside the number only; the rest is left to
`geo.extract.incidents`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

from geo.extract.actors import Group
from geo.extract.normalise import Sentence
from geo.extract.words import any_of, matcher, word_lists

Role = Literal["strength", "killed", "wounded", "captured"]
CASUALTIES: tuple[Role, ...] = ("killed", "wounded", "captured")

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "  # noqa: SIM905
        "eighteen nineteen".split()
    )
}
_TENS = {w: 10 * n for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)}
_BIG = {"hundred": 100, "thousand": 1000}
_WORD = rf"(?:{'|'.join([*_ONES, *_TENS, *_BIG])})"
_NUMBER = rf"(?:\d{{1,3}}(?:[, ]\d{{3}})+|\d+|(?:an? )?{_WORD}(?:(?:[ -]| and ){_WORD})*)(?![\w.,:]*\d)"
_MORE = r"(?:at least|no fewer than|no less than|not less than|more than|over|above|upwards of|as many as at least)"
_ABOUT = r"(?:an estimated|some|about|around|roughly|approximately|nearly|almost|close to|up to)"
_COUNT = re.compile(
    rf"(?<![\w$.,:/-])(?:(?P<more>{_MORE})\s+)?(?:(?P<about>{_ABOUT})\s+)?"
    rf"(?:between (?P<from>{_NUMBER}) and (?P<to>{_NUMBER})|(?P<low>{_NUMBER})(?: to |-| or )(?P<high>{_NUMBER})|"
    r"(?P<times>an?|one|two|three|four|five|six) (?P<dozen>dozen)|(?P<dozens>dozens(?: of)?|scores of|several dozen)"
    rf"|(?P<several>several|a few|a number of)|(?P<hundreds>hundreds of)|(?P<number>{_NUMBER})|"
    r"(?P<one>one other|another|a second|a third|a fourth|a fifth|an?|(?:his|her)(?= (?:\w+ )?(?:brother|sister|son|daughter|father|mother|"
    r"wife|husband|companion|colleague|comrade|cousin|grandson|nephew|relative)\b)))(?![\w%])",
    re.IGNORECASE,
)
_PERSONS = any_of(word_lists("actors")["forces"] + word_lists("actors")["civilians"])
_NOUN = re.compile(
    rf"(?:\s+of)?(?:\s+(?:(?!(?:and|or|to|were|was|had|in|on|when|who|that|with)\b)[\w'.-]+)){{0,4}}?\s+(?P<noun>{_PERSONS})(?!\w|"
    rf" {_PERSONS}(?!\w))",
    re.IGNORECASE,
)
_OBJECT = re.compile(rf"\s+(?:an?|the|another|several|dozens of|{_NUMBER})\s+(?:[\w'-]+\s+){{0,3}}?{_PERSONS}(?!\w)", re.IGNORECASE)
_TOLL = re.compile(
    r"\b(?:toll|number of (?:[\w-]+ ){0,3}?(?P<what>killed|dead|deaths|fatalities|wounded|injured)|"
    r"(?P<bare>dead|killed|wounded|injured|deaths))\b[^.;]{0,90}?\b(?:rose|risen|climbed|rising|"
    r"increased|grown|reached|put|revised|corrected|raised|updated|lowered)(?: to| at)?\s*$|\btoll\b[^.;]{0,60}\b(?:to|at|of)\s*$",
    re.IGNORECASE,
)
_SUBSET = re.compile(
    r"\b(?:among them|including|of them|of whom|no|aged|not|instead of|rather than|(?:up|down) from|, from)\s*$", re.IGNORECASE
)
_YEAR_BEFORE = re.compile(
    r"\b(?:in|of|since|by|until|January|February|March|April|May|June|July|August|September|October|November|December)\s*$", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[;:()]|,(?! (?:two|three|four|some|most|one) of )| (?:and|but|while|when|after|before|who|with|among)(?= )")
_BARE = re.compile(r"\s*(?:$|[,.;:)]| (?:and|or|in|on|of them|others?|more|were|was|had|have|has|are|is)\b)")
_VERB_STEP = re.compile(
    r"(?:,[^,.;:]{1,45},)?(?:\s+(?:of (?:its|their|his|them|the)(?: own)?(?: \w+)?|others?|"
    r"more|were|was|had|have|has|been|are|is|also|still|reported|reportedly|be|slightly|seriously|"
    r"badly|lightly|fatally|severely|critically|left|known|to have|said to be|confirmed|in all)(?!\w))*\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people in one role.

    Attributes
    ----------
    start, end
        Offsets in the article of the words that carry it.
    role
        What happened to them; ``strength`` when they are only there.
    low, high
        Bounds; ``high`` is ``None`` when open.
    approx, vague
        "About 100"; "several".
    unit
        ``people``, or ``company``, ``battalion`` … where units are counted.
    side
        Side that the words tell; ``None`` otherwise.
    own
        Whether the speaker counts its own ("two of its servicemen").
    """

    start: int
    end: int
    role: Role
    low: int
    high: int | None
    approx: bool = False
    vague: bool = False
    unit: str = "people"
    side: str | None = None
    own: bool = False


def number_of(words: str) -> int | None:
    """The value of digits or number words; ``None`` when they are none.

    Examples
    --------
    >>> number_of("thirty-four"), number_of("1,960"), number_of("eleven hundred")
    (34, 1960, 1100)
    """
    digits = re.sub(r"[, ]", "", words)
    if digits.isdigit():
        return int(digits)
    total = current = 0
    for word in re.split(r"[ -]+", words.lower()):
        if word in ("a", "an", "and", ""):
            continue
        if word in _BIG:
            current = max(current, 1) * _BIG[word]
            if word == "thousand":
                total, current = total + current, 0
        elif (value := _ONES.get(word, _TENS.get(word))) is not None:
            current += value
        else:
            return None
    return total + current


def _bounds(m: re.Match[str]) -> tuple[int, int | None, bool, bool] | None:
    """Low, high, approximate, vague."""
    about, more = m["about"] is not None and m["about"].lower() != "up to", m["more"] is not None
    if m["from"] or m["low"]:
        ends = number_of(m["from"] or m["low"]), number_of(m["to"] or m["high"])
        return None if None in ends or ends[0] > ends[1] else (ends[0], ends[1], about, False)  # type: ignore[operator,return-value]
    if m["dozen"]:
        dozens = 12 * (number_of(m["times"]) or 1)
        above = (m["more"] or "").lower() in ("more than", "over", "above")
        return dozens + above, (None if more else dozens), not more, False
    if m["dozens"] or m["hundreds"]:
        return (200 if m["hundreds"] else 24), None, False, True
    if m["several"]:
        return 3, None, False, True
    if m["one"]:
        return 1, 1, False, False
    value = number_of(m["number"])
    if value is None:
        return None
    if (m["about"] or "").lower() == "up to":
        return 0, value, False, False
    return value, None if more else value, about, False


@cache
def _follows(role: Role) -> re.Pattern[str]:
    return re.compile(rf"(?:to |as )?{any_of(word_lists('counts')[role + '_after'])}(?!\w)", re.IGNORECASE)


@cache
def _precedes(role: Role) -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){any_of(word_lists('counts')[role + '_before'])}(?:\s+(?:the|all|of|another|a further|their|by))*\s*$", re.IGNORECASE
    )


def _role(text: str, m: re.Match[str], noun: re.Match[str] | None) -> tuple[Role, int] | None:
    """What happened to the people counted, and where the words that say so end."""
    end = noun.end() if noun else m.end()
    step = _VERB_STEP.match(text, end)
    at = step.end() if step else end
    if clause := _WHO.match(text, end):
        step = _VERB_STEP.match(text, clause.end())
        at, end = (step.end() if step else clause.end()), clause.end()
    for role in CASUALTIES:
        # active verbs: "six soldiers captured a post" is about a post, so the passive or the end of the clause is needed
        if (after := _follows(role).match(text, at)) and (at > end + 1 or not _OBJECT.match(text, after.end())):
            return role, after.end()
    if toll := _TOLL.search(text[max(0, m.start() - 160) : m.start()]):
        return "wounded" if (toll["what"] or toll["bare"] or "").lower() in ("wounded", "injured") else "killed", end
    for role in CASUALTIES:
        if _precedes(role).search(text[max(0, m.start() - 60) : m.start()]):
            return role, end
    return None


def _unit(text: str, end: int) -> tuple[str, int] | None:
    for entry in word_lists("counts")["units"]:
        word, _, unit = entry.partition(" = ")
        if found := re.compile(rf"\s+(?:\w+\s+)?{word}\b", re.IGNORECASE).match(text, end):
            return unit, found.end()
    return None


def _not_people(text: str, end: int) -> bool:
    return (
        re.compile(rf"[\s-]*(?:\w+[\s-]+)?{any_of(word_lists('counts')['not_people'])}(?!\w)", re.IGNORECASE).match(text, end) is not None
    )


# "two villagers who crossed the line by mistake were held": the verb follows the relative clause
_WHO = re.compile(r",? (?:who|whom) [^.;]{3,90}?(?=,? (?:was|were|has been|have been|had been) (?!\w+ing\b))")
_EACH_SIDE = re.compile(r"\s+(?:on|from|of) (?:each|either) side\b", re.IGNORECASE)
_OWN_TOLL = re.compile(r"\b(?:its|their) (?:own )?(?:death |casualty )?(?:toll|losses|dead)\b[^.;]*$", re.IGNORECASE)
_OWN = re.compile(r"\b(?:its|their)\b(?: own)?", re.IGNORECASE)


def _read(text: str, m: re.Match[str], groups: Sequence[Group], offset: int) -> Count | None:
    bounds = _bounds(m)
    before = text[max(0, m.start() - 20) : m.start()]
    if bounds is None or text[m.end() : m.end() + 1] == "-" or _SUBSET.search(before):
        return None
    if m["number"] and 1900 <= bounds[0] < 2100 and len(m["number"]) == 4 and _YEAR_BEFORE.search(before):
        return None
    noun = _NOUN.match(text, m.end())
    if noun and _CLAUSE_END.search(text, m.end(), noun.start("noun")):
        noun = None
    counted_things = _not_people(text, m.end()) and (noun is None or noun.start("noun") - m.end() > 12)
    unit = _unit(text, m.end()) if m["number"] else None
    if unit:
        return Count(m.start() + offset, unit[1] + offset, "strength", bounds[0], bounds[1], bounds[2], bounds[3], unit[0])
    if counted_things or (m["one"] and m["one"].lower() in ("a", "an") and noun is None):
        return None
    role = _role(text, m, noun)
    end = max(role[1] if role else 0, noun.end() if noun else m.end())
    own = (
        _OWN.search(text, max(0, m.start() - 12), end) is not None
        or _OWN_TOLL.search(text[max(0, m.start() - 120) : m.start()]) is not None
    )
    side = next((g.side for g in groups if g.side and m.start() <= g.start - offset + 2 and g.start - offset < end), None)
    count = Count(m.start() + offset, end + offset, "strength", *bounds, side=side, own=own)
    if role and role[0] == "wounded" and re.match(r"[^.;]{0,90}\band (?:later |then )?(?:died|succumbed)\b", text[role[1] :]):
        role = ("killed", role[1])
    if role:
        if _EACH_SIDE.match(text, role[1]):
            # "one on each side" are two
            count = replace(count, low=2 * count.low, high=None if count.high is None else 2 * count.high, side=None)
        if not noun and m["number"] and not _BARE.match(text, m.end()) and not _follows(role[0]).match(text, m.end() + 1):
            return None
        return replace(count, role=role[0])
    if noun and m["one"] and before.endswith(" and "):
        # "and a local official" shares the verb of who is named before; alone it is no force
        return count
    if (
        noun is None
        or m["one"]
        or bounds == (1, 1, False, False)
        or re.fullmatch(any_of(word_lists("actors")["civilians"]), noun["noun"], re.IGNORECASE)
    ):
        return None
    return count


def _zeros(sentence: Sentence) -> list[Count]:
    found: list[Count] = []
    sections: tuple[tuple[str, tuple[Role, ...]], ...] = (
        ("none", ("killed", "wounded")),
        ("none_wounded", ("wounded",)),
        ("none_killed", ("killed",)),
    )
    for section, roles in sections:
        for m in matcher("counts", section).finditer(sentence.text):
            own = _WHOSE.search(sentence.text[max(0, m.start() - 20) : m.end() + 25]) is not None
            found += [Count(m.start() + sentence.start, m.end() + sentence.start, r, 0, 0, own=own) for r in roles]
    for m in _NONE_OF.finditer(sentence.text):
        found += [Count(m.start() + sentence.start, m.end() + sentence.start, r, 0, 0, own=True) for r in CASUALTIES[:2]]
    return found


_AND = re.compile(r",? (?:and|as well as|along with) ")


def _shared_roles(counts: list[Count], sentence: Sentence) -> list[Count]:
    """What happened to one of two counts joined by "and" happened to both ("three policemen and two soldiers were killed")."""
    out = list(counts)
    for n, (one, two) in enumerate(pairwise(counts)):
        if not _AND.fullmatch(sentence.text, one.end - sentence.start, two.start - sentence.start) or one.unit != two.unit:
            continue
        if one.role == "strength" and two.role != "strength":
            out[n] = replace(one, role=two.role)
        elif two.role == "strength" and one.role != "strength":
            out[n + 1] = replace(two, role=one.role)
    return out


_WHOSE = re.compile(r"\b(?:it (?:had|has|suffered)|its|our|their) ", re.IGNORECASE)
_NONE_OF = re.compile(r"\bnone of (?:its|their|the)(?: own)? \w+ (?:was|were|had been) (?:hurt|injured|wounded|killed)", re.IGNORECASE)


def find_counts(sentence: Sentence, groups: Sequence[Group]) -> list[Count]:
    """The counts of people in a sentence, in order.

    Parameters
    ----------
    sentence
        The sentence.
    groups
        Its troops and people, which tell the side.
    """
    counts = [c for m in _COUNT.finditer(sentence.text) if (c := _read(sentence.text, m, groups, sentence.start))]
    counts = [c for c in _shared_roles(counts, sentence) if c.role != "strength" or (c.low, c.high) != (1, 1)]
    zeros = [z for z in _zeros(sentence) if not any(c.start < z.end and z.start < c.end for c in counts)]
    return sorted([*counts, *zeros], key=lambda c: c.start)
