"""Telephone numbers: however they are written, one form inside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.numbers import NumberPlan, beginnings, display, is_extension, split_country

DANISH = NumberPlan()
GERMAN = NumberPlan(country="49")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("97 12 34 56", "+4597123456"),
        ("+45 97 12 34 56", "+4597123456"),
        ("0045 97123456", "+4597123456"),
        ("+45 97-12-34-56", "+4597123456"),
        ("97.12.34.56", "+4597123456"),
        ("97\u00a012\u202f34\u201156", "+4597123456"),
        ("tel:+4597123456", "+4597123456"),
        ("+49 (0)40 / 555-01 23", "+49405550123"),
        ("0049 (0) 40 5550123", "+49405550123"),
        ("+49 (40) 555 0123", "+49405550123"),
        ("2014", "2014"),
        ("20 14", "2014"),
        (" 112 ", "112"),
        ("*98", "*98"),
        ("#21#", "#21#"),
        ("123456", "123456"),
        ("", None),
        ("+", None),
        ("+45", None),
        ("+0123456789", None),
        ("+1234567890123456", None),
        ("00", "00"),
        ("0597123456", None),
        ("alice", None),
        ("2014a", None),
        ("+4597123456x", None),
        ("97 12 34 5*", None),
        ("++4597123456", None),
        ("4+5", None),
    ],
)
def test_a_number_is_kept_in_one_form(written: str, kept: str | None) -> None:
    assert DANISH.normalise(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("040 555 01 23", "+49405550123"),
        ("40 5550123", "+49405550123"),
        ("0045 97123456", "+4597123456"),
        ("2014", "2014"),
    ],
)
def test_a_national_number_follows_the_plans_country(written: str, kept: str) -> None:
    assert GERMAN.normalise(written) == kept


def test_what_is_short_and_how_abroad_is_dialled_are_settings() -> None:
    plan = NumberPlan(country="1", international="011", longest_short=4)
    assert plan.normalise("011 45 97123456") == "+4597123456"
    assert plan.normalise("2015") == "2015"
    assert plan.normalise("5550100") == "+15550100"
    assert plan.normalise("212 555 0100") == "+12125550100"


def test_in_italy_the_zero_belongs_to_the_number() -> None:
    assert NumberPlan(country="39").normalise("06 1234567") == "+39061234567"


@given(st.text(max_size=20))
def test_any_text_gives_a_number_that_stays_itself_or_nothing(text: str) -> None:
    kept = DANISH.normalise(text)
    if kept is not None:
        assert DANISH.normalise(kept) == kept
        assert DANISH.normalise(display(kept)) == kept


@given(st.integers(10**7, 10**8 - 1), st.sampled_from(["", " ", "-", ".", "/", " - "]))
def test_separators_never_matter(number: int, separator: str) -> None:
    digits = str(number)
    assert DANISH.normalise(separator.join(digits)) == DANISH.normalise(f"+45{digits}")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+4597123456", "+45 97 12 34 56"),
        ("+298312244", "+298 31 22 44"),
        ("+49405550123", "+49 405 55 01 23"),
        ("+494055501230", "+49 40 55 50 12 30"),
        ("+4915123456789", "+49 151 23 45 67 89"),
        ("+34912345678", "+34 912 34 56 78"),
        ("+12125550100", "+1 212 555 0100"),
        ("+1212555010", "+1 212 55 50 10"),
        ("+33123456789", "+33 1 23 45 67 89"),
        ("+3312345678", "+33 12 34 56 78"),
        ("+12345678", "+1 234 56 78"),
        ("+80012345", "+800 123 45"),
        ("2014", "2014"),
    ],
)
def test_a_number_is_shown_in_groups(number: str, shown: str) -> None:
    assert display(number) == shown


@given(st.from_regex(r"\+[1-9][0-9]{5,14}", fullmatch=True))
def test_a_shown_number_is_read_in_groups_of_at_most_four(number: str) -> None:
    country, *groups = display(number).split()
    assert "".join((country, *groups)) == number
    assert all(1 <= len(group) <= 4 for group in groups)


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        ("+4597123456", ("45", "97123456")),
        ("+298312244", ("298", "312244")),
        ("+12125550100", ("1", "2125550100")),
        ("+79161234567", ("7", "9161234567")),
        ("+35315550142", ("353", "15550142")),
        ("2014", ("", "2014")),
        ("+9", ("9", "")),
    ],
)
def test_the_country_code_is_told_from_the_number(number: str, parts: tuple[str, str]) -> None:
    assert split_country(number) == parts


def test_a_number_may_be_typed_from_any_natural_beginning() -> None:
    assert set(beginnings("2014")) == {"2014"}
    assert set(beginnings("+4597123456")) == {"97123456", "4597123456", "+4597123456"}
    assert set(beginnings("+49405550123")) == {"405550123", "0405550123", "49405550123", "+49405550123"}


@pytest.mark.parametrize(
    ("typed", "begin"),
    [
        ("97 1", "971"),
        ("+45 9", "+459"),
        ("0045 9", "+459"),
        ("00", "+"),
        ("0", "0"),
        ("(97) 1", "971"),
        ("-", ""),
    ],
)
def test_the_beginning_of_a_number_is_read_as_it_is_typed(typed: str, begin: str) -> None:
    assert DANISH.typed(typed) == begin


def test_only_short_numbers_are_extensions() -> None:
    assert is_extension("2014")
    assert not is_extension("+4597123456")
