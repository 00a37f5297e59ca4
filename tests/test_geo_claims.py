import pytest

from geo.claims import Claim, Stance, status_of
from geo.sides import side_of


def claim(by: str, side: str | None, stance: Stance) -> Claim:
    return Claim(by=by, side=side, stance=stance)


def test_no_claim_leaves_an_incident_unverified() -> None:
    assert status_of([]) == "unverified"


def test_a_call_or_a_refusal_to_comment_is_no_position() -> None:
    assert status_of([claim("Kremlin", "RU", "no_comment"), claim("French president", "FR", "calls")]) == "unverified"


def test_one_side_asserting_is_a_claim() -> None:
    assert status_of([claim("Armenian MoD", "AM", "asserts"), claim("Armenian PM", "AM", "asserts")]) == "claimed"


def test_a_denial_by_the_other_side_is_a_dispute() -> None:
    assert status_of([claim("Armenian PM", "AM", "asserts"), claim("Azerbaijani MFA", "AZ", "denies")]) == "disputed"


def test_another_account_by_the_other_side_is_a_dispute() -> None:
    assert status_of([claim("Armenian MoD", "AM", "asserts"), claim("Azerbaijani MoD", "AZ", "partly")]) == "disputed"


def test_two_sides_asserting_confirm() -> None:
    assert status_of([claim("Armenian MoD", "AM", "asserts"), claim("Azerbaijani MoD", "AZ", "asserts")]) == "confirmed"


def test_each_side_denying_what_the_other_asserts_is_a_dispute() -> None:
    claims = [claim("MoD", side, stance) for side in ("AM", "AZ") for stance in ("asserts", "denies")]
    assert status_of(claims) == "disputed"


def test_only_denied_is_denied() -> None:
    assert status_of([claim("Azerbaijani MoD", "AZ", "denies")]) == "denied"


@pytest.mark.parametrize(("one", "other"), [("AM", "AZ"), ("RU", "NK")])
def test_status_does_not_depend_on_which_side_says_it(one: str, other: str) -> None:
    forward = [claim("a", one, "asserts"), claim("b", other, "denies")]
    swapped = [claim("a", other, "asserts"), claim("b", one, "denies")]
    assert status_of(forward) == status_of(swapped)


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("Armenian MoD", "AM"),
        ("AM forces", "AM"),
        ("Azerbaijani border service", "AZ"),
        ("Baku", "AZ"),
        ("Karabakh Armenian forces", "NK"),
        ("RU peacekeepers", "RU"),
        ("the Kremlin", "RU"),
        ("EUMA", "EU"),
        ("civilians", None),
        ("the camera", None),
    ],
)
def test_the_side_of_a_party_is_read_from_its_name(name: str, side: str | None) -> None:
    assert side_of(name) == side
