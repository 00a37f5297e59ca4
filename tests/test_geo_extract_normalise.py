"""Text to sentences with offsets."""

from hypothesis import given
from hypothesis import strategies as st

from geo.extract.normalise import about_the_text, read_text


def texts_of(text: str) -> list[str]:
    return [s.text for s in read_text(text).sentences]


@given(st.text(alphabet=st.sampled_from(list("Ab c.,\n—“”’…\u00a0É!?1")), max_size=200))
def test_plain_text_keeps_every_offset(text: str) -> None:
    article = read_text(text)
    assert len(article.plain) == len(text)
    assert all(article.plain[s.start : s.end] == s.text for s in article.sentences)


def test_abbreviations_and_clock_times_do_not_end_a_sentence() -> None:
    assert len(texts_of("Gen. Sargsyan spoke at 6:30 p.m. on Monday to U.S. officials. Nobody else did.")) == 2


def test_a_new_sentence_may_begin_with_a_weekday_after_a_clock_time() -> None:
    assert texts_of("It began at 4 a.m. in the hills. On Monday it stopped.")[1] == "On Monday it stopped."


def test_web_chrome_is_left_out() -> None:
    text = (
        "Shots were heard.\n\n© 2022 Some Agency\n\nREAD MORE: all about it\n\nFILE PHOTO: A soldier, 2016.\n\nSign up for our newsletter"
    )
    assert texts_of(text) == ["Shots were heard."]


def test_only_chrome_leaves_nothing() -> None:
    assert texts_of("© 2022 Some Agency. All rights reserved\n\nShare this article") == []


def test_dateline_is_told_apart_in_its_usual_forms() -> None:
    for line in ("BAKU, July 13 — ", "YEREVAN (XYZ) — ", "GORIS, Armenia — ", "BAKU/YEREVAN - "):
        article = read_text(f"{line}All was quiet.")
        assert article.dateline is not None
        assert article.sentences[0].text == "All was quiet."


def test_a_first_line_without_a_stop_is_a_headline() -> None:
    first, second = read_text("Fire on the border\n\nAll was quiet.").sentences
    assert first.headline
    assert not second.headline


def test_a_correction_notice_speaks_about_the_text() -> None:
    sentence = read_text("A first version of this item named another village.").sentences[0]
    assert about_the_text(sentence)


def test_a_megabyte_in_one_line_is_cut_into_pieces() -> None:
    article = read_text("word " * 200_000)
    assert max(s.end - s.start for s in article.sentences) <= 1500
