"""Place names as written: the key under which they are compared, and the generic words around them.

Armenian, Cyrillic and Azerbaijani letters are written in the usual Latin way by tables of our own; spellings that differ only in
the school of transliteration (``gh``/``g``, ``kh``/``x``, ``dj``/``j``) get the same key. Which place a name means is decided by
`geo.geocode`; words of distance and direction belong to `geo.relations`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

_ARMENIAN = {
    "ա": "a", "բ": "b", "գ": "g", "դ": "d", "ե": "e", "զ": "z", "է": "e", "ը": "y", "թ": "t", "ժ": "zh", "ի": "i",
    "լ": "l", "խ": "kh", "ծ": "ts", "կ": "k", "հ": "h", "ձ": "dz", "ղ": "gh", "ճ": "ch", "մ": "m", "յ": "y", "ն": "n", "շ": "sh",
    "ո": "o", "չ": "ch", "պ": "p", "ջ": "j", "ռ": "r", "ս": "s", "վ": "v", "տ": "t", "ր": "r", "ց": "ts",
    "ւ": "v", "փ": "p", "ք": "k", "օ": "o",
    "ֆ": "f",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g",
    "ә": "a", "ғ": "gh", "ҝ": "g", "ҹ": "j", "ө": "o", "ү": "u", "һ": "h", "ј": "y",
}  # fmt: skip
_AZERBAIJANI = str.maketrans({"ə": "a", "ı": "i", "ğ": "gh", "ç": "ch", "ş": "sh", "ö": "o", "ü": "u", "x": "kh", "q": "g", "c": "j"})
_LETTERS = str.maketrans(_ARMENIAN | _CYRILLIC)

# c, q and x have their Azerbaijani sound only in a word that shows itself to be Azerbaijani
_AZERBAIJANI_WORD = re.compile(r"\w*[əığçş]\w*")
_APOSTROPHES = re.compile("['’‘‛ʼʻʿʾ`´ՙ՚՛′]")
_NOT_PLAIN = re.compile("[^a-z0-9]+")
_SPELLINGS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"dzh|dj|zh", "j"), (r"kh", "x"), (r"gh|q", "g"), (r"tch", "ch"), (r"ou", "u"), (r"ts|tz", "c"),
        (r"\bye", "e"), (r"iy|yi|[yj]\b", "i"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip

_KINDS = {
    "village": "village settlement hamlet kəndi kənd kəndinin kəndində kəndindən qəsəbəsi qəsəbəsində"
    " село села селе с деревня посёлок поселок գյուղ գյուղը գյուղի գ",
    "town": "town city şəhəri şəhər şəhərinin şəhərində şəhərindən город города городе г քաղաք քաղաքը քաղաքի ք",
    "unit": "district rayon raion rayonu rayonunun rayonunda region province marz oblast subregion sub-region governorate vilayəti"
    " район района районе область области марз марза марзе մարզ մարզի մարզում շրջան շրջանի շրջանում",
    "lake": "lake lich gölü göl reservoir озеро озера лич լիճ լճի ջրամբար",
    "mountain": "mount mountain mt peak height dağı гора горы высота լեռ լեռան բարձունք",
    "": "community municipality area areas environs surroundings",
}
GENERIC_WORDS: dict[str, str] = {word: kind for kind, words in _KINDS.items() for word in words.split()}
"""Words that say of what kind a named thing is; an empty kind says that it is wider than a settlement's streets."""

_ENDINGS = tuple(
    (re.compile(pattern), nominatives)
    for pattern, nominatives in (
        (r"(?<=[а-яё]{2})(?:ского|скому|ском|ским)$", ("ский", "")), (r"(?<=[А-яё]{3})(?:ский|ская|ской|скую)$", ("",)),
        (r"(?<=[А-яё]{3})(?:ой|ою)$", ("а",)), (r"(?<=[А-яё]{3})(?:ом|ем)$", ("",)), (r"(?<=[А-яё]{3})[уеыи]$", ("", "а")),
        (r"(?<=[А-яё]{3})а$", ("",)),
        (r"(?<=[ա-ֆ]{3})(?:ի|ում|ից|ից|ը|ն)$", ("",)), (r"(?<=\w{3})(?:da|də|dan|dən|ın|in|un|ün|nın|nin)$", ("",)),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wording:
    """A place wording taken apart.

    Attributes
    ----------
    forms
        One tuple for each proper name in it: as written, then with one generic word after the other taken off. "Stepanakert
        (Khankendi)" has two names of what should be one place.
    kind
        What a generic word says it is (``village``, ``town``, ``unit``, ``lake``, ``mountain``; empty for "area", "community"),
        ``None`` when none does.
    """

    forms: tuple[tuple[str, ...], ...]
    kind: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """The proper names alone, without generic words."""
        return tuple(form[-1] for form in self.forms)


@lru_cache(maxsize=100_000)
def fold(name: str) -> str:
    """The key under which two spellings of a name are the same.

    Examples
    --------
    >>> fold("Ağdərə") == fold("Aghdara"), fold("Мартакерт") == fold("Martakert"), fold("Yeraskh") == fold("Eraskh")
    (True, True, True)
    """
    text = unicodedata.normalize("NFKC", name).replace("İ", "i").casefold()
    text = _APOSTROPHES.sub("", text)
    if not text.isascii():
        text = _AZERBAIJANI_WORD.sub(lambda word: word[0].translate(_AZERBAIJANI), text)
        # the Armenian u is a digraph; casefold writes the ligature ev as two letters
        text = text.replace("ու", "u").replace("եւ", "ev").translate(_LETTERS)
        text = anyascii(text).lower()
    text = _NOT_PLAIN.sub(" ", text).strip()
    for pattern, plain in _SPELLINGS:
        text = pattern.sub(plain, text)
    return text


def take_apart(wording: str) -> Wording:
    """The names in a wording, with and without the generic words around them.

    Names in brackets or joined by a slash are further forms. Brackets that say more than a name are the caller's to judge.

    Examples
    --------
    >>> take_apart("village of Aghdam").names, take_apart("Shushi/Shusha").names, take_apart("Şuşa şəhəri").kind
    (('Aghdam',), ('Shushi', 'Shusha'), 'town')
    """
    outside = re.sub(r"\s*\([^)]*\)", "", wording)
    inside = re.findall(r"\(([^)]*)\)", wording)
    forms: list[tuple[str, ...]] = []
    kind: str | None = None
    for part in (piece for whole in (outside, *inside) for piece in whole.split("/")):
        form, said = without_generic(part)
        kind = said if kind is None else kind
        if form[-1] and form not in forms:
            forms.append(form)
    return Wording(tuple(forms), kind)


def without_generic(name: str) -> tuple[tuple[str, ...], str | None]:
    """A name as written (trimmed) and with ever fewer of the generic words after and before it, and what these say.

    Examples
    --------
    >>> without_generic("the town of Lachin")
    (('town of Lachin', 'Lachin'), 'town')
    >>> without_generic("Sev Lich lake")
    (('Sev Lich lake', 'Sev Lich', 'Sev'), 'lake')
    """
    words = re.sub(r"^the\s+", "", name.strip(' ,;."“”«»'), flags=re.IGNORECASE).split()
    forms = [" ".join(words)]
    kind: str | None = None
    while len(words) > 1 and _key(words[-1]) in GENERIC_WORDS:
        said = GENERIC_WORDS[_key(words.pop())]
        kind = kind or said
        forms.append(" ".join(words).strip(" ,;"))
    while len(words) > 1 and _key(words[0]) in GENERIC_WORDS:
        said = GENERIC_WORDS[_key(words.pop(0))]
        kind = kind or said
        while len(words) > 1 and words[0].lower() in ("of", "the"):
            words.pop(0)
        forms.append(" ".join(words).strip(" ,;"))
    return tuple(forms), kind


TRANSLATED = {
    "upper": ("Verin", "Yukhari"), "lower": ("Nerkin", "Ashaghi"), "new": ("Nor", "Yeni"), "old": ("Hin", "Kohna"),
    "great": ("Mets", "Boyuk"), "big": ("Mets", "Boyuk"), "little": ("Pokr", "Kichik"), "small": ("Pokr", "Kichik"),
    "верхний": ("Verin", "Yukhari"), "нижний": ("Nerkin", "Ashaghi"),
    "верхняя": ("Verin", "Yukhari"), "нижняя": ("Nerkin", "Ashaghi"),
}  # fmt: skip
"""Words before a name that reports translate, and what they stand for in Armenian and in Azerbaijani."""


def untranslated(name: str) -> tuple[str, ...]:
    """Forms of a name with its first word, where it is a translated one, as the two languages have it.

    Examples
    --------
    >>> untranslated("Upper Askipara")
    ('Verin Askipara', 'Yukhari Askipara')
    """
    first, _, rest = name.partition(" ")
    return tuple(f"{word} {rest}" for word in TRANSLATED.get(first.lower(), ())) if rest else ()


def nominatives(name: str) -> tuple[str, ...]:
    """Forms that an inflected Russian, Armenian or Azerbaijani name may have in a gazetteer; the name itself is not among them.

    Cheap guesses, only for what is not found as written.

    Examples
    --------
    >>> nominatives("Горисе")
    ('Горис', 'Гориса')
    """
    if name.isascii():
        return ()
    found: list[str] = []
    for pattern, endings in _ENDINGS:
        if pattern.search(name):
            found += [pattern.sub(ending, name) for ending in endings]
    return tuple(dict.fromkeys(found))


def _key(word: str) -> str:
    return word.replace("İ", "i").casefold().rstrip("s." if word.isascii() else ".") or word.casefold()
