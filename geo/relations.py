"""What a place wording says besides the names: near, direction, distance, between, along a road, on a border section.

Takes wordings apart by kinds of phrase, without knowing any place. Which place a name means, whether "A, B" is a list or "A, which
is in B", and the geometry that follows, is the business of `geo.candidates` and `geo.geocode`. English, with the common words of
Armenian, Azerbaijani and Russian.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

RelationKind = Literal["in", "near", "towards", "offset", "ring", "between", "road", "inside", "section"]
Joint = Literal["first", "comma", "and", "slash"]

_POINTS = (
    "north", "north-north-east", "north-east", "east-north-east", "east", "east-south-east", "south-east", "south-south-east",
    "south", "south-south-west", "south-west", "west-south-west", "west", "west-north-west", "north-west", "north-north-west",
)  # fmt: skip
BEARINGS = {point.replace("-", ""): number * 22.5 for number, point in enumerate(_POINTS)} | {
    "n": 0.0, "ne": 45.0, "e": 90.0, "se": 135.0, "s": 180.0, "sw": 225.0, "w": 270.0, "nw": 315.0,
    "севернее": 0.0, "северовосточнее": 45.0, "восточнее": 90.0, "юговосточнее": 135.0,
    "южнее": 180.0, "югозападнее": 225.0, "западнее": 270.0, "северозападнее": 315.0,
}  # fmt: skip
"""Degrees clockwise from north of the points of the compass, written in one word."""

_METRES = {"km": 1000.0, "кило": 1000.0, "kilo": 1000.0, "км": 1000.0, "կմ": 1000.0, "կիլո": 1000.0, "mile": 1609.344, "mi": 1609.344}
_UNIT = r"(?:-|\s)?(?P<unit>km|kilomet(?:re|er)s?|miles?|mi|m|met(?:re|er)s?|км|километр\w*|м|метр\w*|կմ|կիլոմետր\w*|մ|մետր\w*)\b\.?"
_SOME = r"(?:(?:about|around|some|approximately|approx\.?|roughly|nearly|almost|up to|at least|over|more than|примерно|около|в)\s+)*"
_DISTANCE = rf"{_SOME}(?P<low>\d+(?:[.,]\d+)?)(?:\s*(?:-|–|—|to)\s*(?P<high>\d+(?:[.,]\d+)?))?{_UNIT}"
_COMPASS = (
    r"(?P<point>(?:(?:north|south|east|west)(?:ern)?[- ]?){1,3}|[NS]?[EW]|[NS]|(?:северо-?|юго-?)?(?:севернее|южнее|восточнее|западнее))"
)
_ROAD_WORD = (
    r"(?:roads?|highways?|motorways?|routes?|track|line|stretch|section|sector|corridor|трасс\w+|дорог\w+|ճանապարհ\w*|մայրուղ\w*|"
    r"yol(?:u|unda|unun)?|şose\w*)"
)

_NEAR_WORDS = (
    r"near(?:by)?(?: to)?|close to|just outside|outside|(?:on )?(?:the )?(?:outskirts|edge|approaches) of|around|"
    r"in the (?:vicinity|environs|surroundings) of|vicinity of|next to|not far from|adjacent to|beside|above|below|opposite|overlooking|"
    r"у|под|около|близ|вблизи|возле|рядом с|недалеко от|(?:в )?окрестност(?:и|ях)"
)
_TOWARDS_WORDS = (
    r"(?:in the )?direction of|towards?|facing|(?:the )?border areas? of|в направлении|на направлении|"
    rf"(?:to the )?(?:{_COMPASS.replace('?P<point>', '?:')})\s*(?:of|from)"
)
_SECTION_WORDS = r"(?:on |at |in |along )?(?:the )?border (?:sections?|sectors?|zones?|districts?|stretch) (?:of|near|in|with)"
# words for what stands or lies near a name: "fields near", "checkpoint outside", "positions in the direction of"
_LEADING = r"(?:(?:Armenian|Azerbaijani|Azeri|Russian|[a-z][a-z'’-]*)\s+){0,5}?"

_MEASURED = re.compile(
    rf"(?:.*?\s)?{_DISTANCE}\s*(?:(?:to the|to|на)\s+)?{_COMPASS}\s*(?:of\s+|from\s+|от\s+)?(?P<name>[^\W\d].*)", re.IGNORECASE
)
_POINTS_AFTER = {
    "հյուսիս": 0.0, "հյուսիսարևելք": 45.0, "արևելք": 90.0, "հարավարևելք": 135.0, "հարավ": 180.0, "հարավարևմուտք": 225.0,
    "արևմուտք": 270.0, "հյուսիսարևմուտք": 315.0,
    "şimal": 0.0, "şimalşərq": 45.0, "şərq": 90.0, "cənubşərq": 135.0, "cənub": 180.0, "cənubqərb": 225.0, "qərb": 270.0,
    "şimalqərb": 315.0,
}  # fmt: skip
"""Points of the compass in Armenian and Azerbaijani, in one word and without endings."""
_MEASURED_AFTER = re.compile(
    rf"(?P<name>[^\W\d].*?)\s+{_DISTANCE}\s+(?P<point>(?:հյուսիս|հարավ|արև|şimal|cənub|şərq|qərb)[\w-]*)", re.IGNORECASE
)
_INSIDE = re.compile(rf"(?:.*?\s)?{_DISTANCE}\s*(?:deep|inside|inward|into|within|вглубь)\b\s*(?P<name>.*)", re.IGNORECASE)
_RING = re.compile(rf"(?:.*?\s)?{_DISTANCE}\s+(?:away\s+)?(?:from|of|off|out of|outside|от)\s+(?P<name>.+)", re.IGNORECASE)
_BARE_DISTANCE = re.compile(rf"{_DISTANCE}(?P<rest>.*)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:.*\s)?(?:between|между)\s+(?P<first>.+?)\s+(?:and|и)\s+(?P<second>.+)", re.IGNORECASE)
_BETWEEN_AFTER = re.compile(r"(?P<first>.+?)\s+(?:ilə|və|և|եւ|ու)\s+(?P<second>.+?)\s+(?:arasında|միջև|միջեւ)", re.IGNORECASE)
_FROM_TO = re.compile(
    r"(?:.*?\bfrom\s+)(?P<first>.+?)\s+(?:(?:direction|side|area)\s+)?(?:to|towards?)\s+(?P<second>.+)"
    r"|(?P<one>[^\W\d_].+?)\s+to\s+(?P<other>[^\W\d_].+)",
    re.IGNORECASE,
)
_ROAD = re.compile(rf"\s+(?:border\s+)?{_ROAD_WORD}\b", re.IGNORECASE)
_BEFORE_ROAD = re.compile(r".*\b(?:of|on|along|at|на|по)\s+(?:the\s+)?|the\s+", re.IGNORECASE)
_ROAD_FIRST = re.compile(r"(?:.*\s)?(?:авто)?(?:дорог\w*|трасс\w*|шоссе)\s+(?P<ends>[^\W\d_].*)", re.IGNORECASE)
_DASH = re.compile(r"\s*[–—-]\s*")
_ONE_ENDED: tuple[tuple[RelationKind, re.Pattern[str]], ...] = (
    ("section", re.compile(rf"{_LEADING}{_SECTION_WORDS}\s+(?P<name>.+)", re.IGNORECASE)),
    ("section", re.compile(r"(?P<name>.*\bborder)", re.IGNORECASE)),
    ("near", re.compile(rf"(?-i:{_LEADING})(?:{_NEAR_WORDS})\s+(?P<name>.+)", re.IGNORECASE)),
    ("towards", re.compile(rf"(?-i:{_LEADING})(?:{_TOWARDS_WORDS})\s+(?P<name>.+)", re.IGNORECASE)),
    ("towards", re.compile(r"(?P<name>.+?)\s+(?:directions?|axis|front|направлени\w+|istiqaməti\w*|ուղղությ\w+)", re.IGNORECASE)),
    (
        "section",
        re.compile(r"(?P<name>.+?)\s+(?:(?:border\s+)?(?:sections?|sectors?))(?:\s+of\s+(?:the\s+)?(?:state\s+)?border)?", re.IGNORECASE),
    ),
    ("near", re.compile(r"(?P<name>.+?)\s+(?:vicinity|surroundings|environs|outskirts)", re.IGNORECASE)),
    ("near", re.compile(r"(?P<name>.+?)\s+(?:yaxınlığı\w*|ətrafı\w*|մոտ|մոտակայք\w*|շրջակայք\w*|հարևանությ\w+)", re.IGNORECASE)),
    ("section", re.compile(r"(?P<name>.+?)\s+(?:սահմանային\s+)?(?:հատված\w*|участ\w+|sahəsi\w*)", re.IGNORECASE)),
    ("section", re.compile(r"(?:на\s+)?(?:приграничн\w+\s+)?участк\w+\s+(?P<name>[^\W\d_].+)", re.IGNORECASE)),
)
_BORDER = re.compile(
    r"(?-i:[a-z -]*)(?:section|sector|part|stretch) of the (?-i:[a-z-]+ )?border|(?-i:(?:[a-z-]+ )*)border"
    r"|(?:eastern|northern|southern|western|state) border",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    rf"(?<=[\w)])\s+(?=(?:(?:{_NEAR_WORDS}|(?:in the )?direction of|{_SECTION_WORDS})\s+(?:the\s+)?(?:[a-z]+\s+of\s+)?(?-i:[^\W\d_a-z])))",
    re.IGNORECASE,
)
_OF_UNIT = re.compile(
    r"(?P<name>.+?)\s+(?:of|in)\s+(?:the\s+)?"
    r"(?P<context>[^\W\d_].+?\s(?:district|rayon|raion|region|province|marz|subregion|community|municipality))",
    re.IGNORECASE,
)
_SETTLEMENT_IN = re.compile(
    r"(?P<name>\S.*?\s(?:village|settlement|town|city|hamlet))\s+(?:of|in)\s+(?:the\s+)?(?P<context>[^\W\d_].+)", re.IGNORECASE
)
_SETTLEMENT_OF_IN = re.compile(
    r"(?:the\s+)?(?P<word>village|settlement|town|city|hamlet)\s+of\s+(?P<name>.+?)\s+in\s+(?:the\s+)?(?P<context>[^\W\d_].+)",
    re.IGNORECASE,
)
_LINE_IN = re.compile(
    r"(?P<name>line of contact|contact line|state border)\s+(?:in|of|around|with)\s+(?P<context>[^\W\d_].+)", re.IGNORECASE
)
# the wider place first: Azerbaijani and English genitives; the wider place last: Russian
_UNIT_FIRST = re.compile(r"(?P<context>.+?\s(?:rayonunun|(?:district|region|province|rayon|raion)['’]s))\s+(?P<name>.+)", re.IGNORECASE)
_UNIT_LAST = re.compile(
    r"(?P<name>.*[^\W\d_].*?)\s+(?P<context>[\w-]+(?:ского|ской)\s+(?:района|области|провинции)|[^\W\d_]+ի\s+(?:մարզի|շրջանի)\s*$)",
    re.IGNORECASE,
)
_PLURAL_UNITS = re.compile(r"\s+(?P<word>district|region|province|rayon|raion)s$", re.IGNORECASE)
_IN = re.compile(
    r"(?-i:(?:[a-z][a-z'’-]*\s+){0,4}?)(?:in|at|inside|within|on|along|across|over|through|into|from|в|во|на|вдоль|по)\s+(?:the\s+)?"
    r"(?P<name>.+)",
    re.IGNORECASE,
)
_PROVINCE_OF = re.compile(
    r"(?:the\s+)?(?-i:(?:[a-z-]+\s+)*)(?P<word>province|region|district|rayon|raion|marz)\s+of\s+(?:the\s+)?(?P<name>[^\W\d_].*)",
    re.IGNORECASE,
)
_EXCEPT = re.compile(r"(?:without|except|excluding|not including|start of|end of|along with)\b.*", re.IGNORECASE)
_JOINTS = re.compile(r"(\s*[,;]\s*(?:and|then|и)\s+|\s+(?:and then|and|then|as well as|&|и|և|və)\s+|\s*;\s*|\s*,\s*|\s+/\s+)")


@dataclass(frozen=True, slots=True)
class Relation:
    """One piece of a wording: how the incident lies to the names in it.

    Attributes
    ----------
    kind
        ``in``, ``near``, ``towards`` (a direction without a distance), ``offset`` (distance and direction), ``ring`` (distance
        alone), ``between`` and ``road`` (two or more ends), ``inside`` (a distance over a border), ``section`` (of a border).
    names
        As written, without the words of the relation; none where a piece only says more about the one before ("3.5 km inside").
    wording
        The whole piece, which may itself be a name ("Hakari bridge", "line of contact").
    distance_m, spread_m
        As told, and half the width of a range or half the last digit; ``None`` where no distance is told.
    bearing_deg
        Degrees clockwise from north; ``None`` where not told.
    context
        A wider place named in the piece ("X village of the Y district"); ``None`` when there is none.
    joint
        What stands before the piece.
    """

    kind: RelationKind
    names: tuple[str, ...]
    wording: str
    distance_m: float | None = None
    spread_m: float | None = None
    bearing_deg: float | None = None
    context: str | None = None
    joint: Joint = "first"


def parse_relation(wording: str) -> tuple[Relation, ...]:
    """The pieces of a wording in order, each with its relation; empty when there is nothing to read.

    A relation that is said once for several names ("near Sotk and Norabak", "Martakert and Martuni directions") holds for each.

    Examples
    --------
    >>> [(r.kind, r.names, r.joint) for r in parse_relation("fields near Martakert, Tartar district")]
    [('near', ('Martakert',), 'first'), ('in', ('Tartar district',), 'comma')]
    >>> one = parse_relation("15 km north-east of Goris")[0]
    >>> one.kind, one.names, one.distance_m, one.bearing_deg
    ('offset', ('Goris',), 15000.0, 45.0)
    """
    found = [replace(_of_piece(piece), joint=joint) for joint, piece in _pieces(wording)]
    return tuple(_shared(found))


def _pieces(wording: str) -> list[tuple[Joint, str]]:
    """The parts at commas, semicolons, "and", "then" and " / ", but not inside "between A and B" or brackets."""
    text = " ".join(wording.split())
    held = re.sub(r"(\b(?:between|между)\s[^,;/]+?)\s+(and|и)\s+", "\\1 \x00\\2 ", text, flags=re.IGNORECASE)
    held = re.sub(r"(\bfrom\s[^,;/]+?)\s+(and)\s+(?=[^,;/]+?\s(?:to|towards?)\s)", "\\1 \x00\\2 ", held, flags=re.IGNORECASE)
    held = re.sub(r"\s+(ilə|və|և|եւ|ու)\s+(?=[^,;/]+\s(?:arasında|միջև|միջեւ))", " \x00\\1 ", held, flags=re.IGNORECASE)
    held = re.sub(r"\([^)]*\)", lambda m: m[0].replace(",", "\x01"), held)
    parts = _JOINTS.split(held)
    pieces: list[tuple[Joint, str]] = []
    for number in range(0, len(parts), 2):
        piece = parts[number].replace("\x01", ",").strip(" .,;")
        if not piece:
            continue
        mark = parts[number - 1].strip() if number else ""
        joint: Joint = "first" if not pieces else "slash" if mark == "/" else "comma" if mark in (",", ";") else "and"
        pieces += [(joint if not number else "comma", part) for number, part in enumerate(_further(piece))]
    return pieces


def _further(piece: str) -> list[str]:
    """A piece at the relations that follow a name in it: "3.5 km inside Armenia near Sev Lich"."""
    parts: list[str] = []
    for part in _FURTHER.split(piece):
        # "Armenian positions near X" is one relation: what comes before the word names nothing
        names_nothing = parts and not re.search(r"\d|\b(?!Armenian|Azerbaijani|Azeri|Russian)[^\W\d_a-z]\w+|territory", parts[-1])
        parts = [*parts[:-1], f"{parts[-1]} {part}"] if names_nothing else [*parts, part]
    return parts


def _of_piece(piece: str) -> Relation:
    """One piece with its relation; ``in`` when it says nothing else."""
    piece = re.sub(r"^(?:then|also|the)\s+", "", piece, flags=re.IGNORECASE)
    readers: tuple[Callable[[str], Relation | None], ...] = (_aside, _border, _measured, _ended, _one_sided, _contained)
    for read in readers:
        relation = read(piece.replace("\x00", ""))
        if relation is not None:
            return replace(relation, wording=piece.replace("\x00", ""), names=tuple(n.strip(" .,") for n in relation.names))
    return Relation("in", (piece.replace("\x00", ""),), piece.replace("\x00", ""))


def _aside(piece: str) -> Relation | None:
    """What only qualifies the piece before: "without the corridor", "start of the road"."""
    return Relation("in", (), piece) if _EXCEPT.fullmatch(piece) else None


def _measured(piece: str) -> Relation | None:
    if m := _MEASURED.fullmatch(piece):
        bearing = BEARINGS.get(re.sub(r"ern|[- ]", "", m["point"].lower()))
        if bearing is not None:
            return Relation("offset", (m["name"],), piece, *_metres(m), bearing)
    if m := _MEASURED_AFTER.fullmatch(piece):
        said = m["point"].lower().replace("-", "")
        point = max((one for one in _POINTS_AFTER if said.startswith(one)), key=len, default=None)
        if point is not None:
            return Relation("offset", (m["name"],), piece, *_metres(m), _POINTS_AFTER[point])
    for kind, pattern in (("inside", _INSIDE), ("ring", _RING), ("inside", _BARE_DISTANCE)):
        if m := pattern.fullmatch(piece):
            name = re.sub(r"^(?:of|the|from|в|от)\s+", "", m.groupdict().get("name") or "", flags=re.IGNORECASE).strip()
            # "4.5 km from town" and "300 m at five points" say no name
            named = (_wider_name(name),) if name and not (name.isascii() and name.islower()) else ()
            return Relation("ring" if kind == "ring" else "inside", named, piece, *_metres(m))
    return None


def _wider_name(name: str) -> str:
    """The name in "the territory of Armenia", "the southern province of Syunik"."""
    if m := _PROVINCE_OF.fullmatch(name):
        return f"{m['name']} {m['word']}"
    return re.sub(r"^(?:[a-z-]+\s+)+of\s+(?:the\s+)?(?=[^\W\d_a-z])", "", name)


def _road_ends(piece: str) -> tuple[str, ...]:
    """The ends in "the A–B road"; empty when it is none."""
    road = _ROAD.search(piece)
    if (first := _ROAD_FIRST.fullmatch(piece)) and len(ends := tuple(_DASH.split(first["ends"]))) == 2:
        return ends
    head = piece[: road.start()] if road else ""
    before = _BEFORE_ROAD.match(head)
    ends = tuple(_DASH.split(head[before.end() :] if before else head))
    is_road = len(ends) > 1 and all(end[:1].isalpha() and not any(c.isdigit() for c in end) for end in ends)
    return ends if is_road else ()


def _ended(piece: str) -> Relation | None:
    if ends := _road_ends(piece):
        kind: RelationKind = "between" if re.search(r"\b(?:sector|section|stretch)\b", piece, re.IGNORECASE) else "road"
        return Relation(kind, ends, piece)
    if m := _BETWEEN.fullmatch(piece) or _BETWEEN_AFTER.fullmatch(piece):
        return Relation("between", (m["first"], m["second"]), piece)
    if (m := _FROM_TO.fullmatch(piece)) and not (m["one"] or "A")[0].islower():
        first = (m["first"] or m["one"]).replace(" and ", "\x00").split("\x00")
        return Relation("between", (*first, m["second"] or m["other"]), piece)
    return None


def _border(piece: str) -> Relation | None:
    return Relation("section", ("state border",), piece) if _BORDER.fullmatch(piece) else None


def _one_sided(piece: str) -> Relation | None:
    for kind, pattern in _ONE_ENDED:
        if m := pattern.fullmatch(piece):
            name = m["name"]
            if (
                kind == "section"
                and (
                    bare := re.sub(r"(?:\s+(?:section|sector|part|stretch) of the)?(?:\s+state)?\s+border$", "", name, flags=re.IGNORECASE)
                )
                != name
            ):
                return Relation("section", (bare,) if "-" not in bare else (name,), piece)
            inner = _of_piece(name)
            if inner.kind == "in" and inner.names:
                return Relation(kind, inner.names, piece, context=inner.context)
            return Relation(inner.kind if inner.names and inner.kind in ("road", "between") else kind, inner.names or (name,), piece)
    return None


def _contained(piece: str) -> Relation | None:
    if m := _PROVINCE_OF.fullmatch(piece):
        return Relation("in", (f"{m['name']} {m['word']}",), piece)
    for pattern in (_LINE_IN, _UNIT_FIRST, _UNIT_LAST):
        if m := pattern.fullmatch(piece):
            return Relation("in", (m["name"],), piece, context=re.sub(r"['’]s$", "", m["context"]))
    if m := _SETTLEMENT_OF_IN.fullmatch(piece):
        return Relation("in", (f"{m['name']} {m['word']}",), piece, context=m["context"])
    if m := _OF_UNIT.fullmatch(piece):
        generic = re.fullmatch(r"(?:[a-z]+\s+){0,3}(?:village|town|city|settlement)s?|(?:[a-z]+\s?){1,4}", m["name"])
        return Relation("in", (m["context"],), piece) if generic else Relation("in", (m["name"],), piece, context=m["context"])
    if re.match(r"(?:the\s+)?(?:village|town|city|settlement|community)\s+of\s", piece, re.IGNORECASE):
        return None
    if m := _SETTLEMENT_IN.fullmatch(piece):
        return Relation("in", (m["name"],), piece, context=m["context"])
    if m := _IN.fullmatch(piece):
        return _of_piece(m["name"])
    return None


def _metres(match: re.Match[str]) -> tuple[float, float]:
    """Distance and half of what its last digit or its range leaves open, metres."""
    unit = match["unit"].lower()
    scale = next((metres for start, metres in _METRES.items() if unit.startswith(start)), 1.0)
    low = match["low"].replace(",", ".")
    high = (match["high"] or match["low"]).replace(",", ".")
    digits = len(low.partition(".")[2])
    spread = max((float(high) - float(low)) / 2, 0.5 * 10.0**-digits)
    return scale * (float(low) + float(high)) / 2, scale * spread


def _plural(found: list[Relation]) -> list[Relation]:
    """ "Dashkasan, Kalbajar and Lachin districts" with the word for each of them."""
    last = found[-1] if found else None
    match = _PLURAL_UNITS.search(last.names[-1]) if last and last.names else None
    if not match or len(found) < 2:
        return list(found)
    return [
        replace(r, names=tuple(f"{_PLURAL_UNITS.sub('', n)} {match['word']}" for n in r.names)) if r.kind in ("in", "near") else r
        for r in found
    ]


def _shared(found: list[Relation]) -> list[Relation]:
    """Relations said once for several names joined by "and", given to each of them."""
    out = _plural(found)
    for number in range(1, len(out)):
        before, this = out[number - 1], out[number]
        if this.joint != "and" or not before.names or not this.names:
            continue
        if this.kind == "in" and before.kind in ("near", "towards", "section") and not before.wording.endswith(before.names[0] + "s"):
            said_before = before.wording.lower().startswith(before.names[0].lower())
            out[number] = this if said_before else replace(this, kind=before.kind)
        elif before.kind == "in" and re.search(r"(?:directions|sections|sectors|axes|outskirts)$", this.wording, re.IGNORECASE):
            for earlier in range(number - 1, -1, -1):
                out[earlier] = replace(out[earlier], kind=this.kind) if out[earlier].kind == "in" else out[earlier]
                if out[earlier].joint != "comma":
                    break
    return out
