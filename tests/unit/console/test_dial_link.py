"""Numbers in links of web pages and mails."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.cli import split_off_link
from reception.console.dial_link import number_of


@pytest.mark.parametrize(
    ("link", "number"),
    [
        ("tel:+4570101010", "+4570101010"),
        ("TEL:+45-70-10.10(10)", "+4570101010"),
        ("tel:+45 70 10 10 10", "+4570101010"),
        ("tel:%2B45%2070%2010%2010%2010", "+4570101010"),
        ("tel:+45%C2%A070101010", "+4570101010"),
        ("tel://+4570101010/", "+4570101010"),
        ("callto://70101010", "70101010"),
        ("callto:+49%20(0)%2089%201234", "+49891234"),
        ("tel:7042;phone-context=example.com", "7042"),
        ("tel:863-1234;phone-context=+1-914-555", "8631234"),
        ("tel:+4570101010;ext=22;isub=1", "+4570101010"),
        ("tel:+4570101010?subject=x", "+4570101010"),
        ('"tel:+4570101010"', "+4570101010"),
        ("tel:*61%23", "*61#"),
        ("callto:alice.archer", "alice.archer"),
        ("callto:Alice%20Archer", "Alice Archer"),
        ("tel:", ""),
        ("tel:;ext=5", ""),
        ("mailto:alice@firm.example", ""),
        ("", ""),
    ],
)
def test_the_number_of_a_link(link: str, number: str) -> None:
    assert number_of(link) == number


@given(st.text())
def test_whatever_a_link_holds_is_one_short_printable_line(text: str) -> None:
    found = number_of(f"tel:{quote(text)}")
    assert len(found) <= 64
    assert found.isprintable()


@given(st.from_regex(r"\+45[ \-.]?([0-9]{2}[ \-.]?){4}", fullmatch=True))
def test_separators_never_change_a_number(written: str) -> None:
    digits = "+" + "".join(c for c in written if c.isdigit())
    assert number_of(f"tel:{written}") == number_of(f"tel:{quote(written)}") == digits


def test_nothing_behind_a_link_is_an_option() -> None:
    words = ["--data", "d", "tel:+45", "70101010", "--hub", "wss://elsewhere.example"]
    assert split_off_link(words) == (["--data", "d"], "tel:+45 70101010 --hub wss://elsewhere.example")
    assert split_off_link(["--demo"]) == (["--demo"], "")


def test_a_command_has_words_of_its_own() -> None:
    words = ["hub", "explain-calendar", "tel: ring the customer"]
    assert split_off_link(words) == (words, "")
    assert split_off_link(["callto:hub", "hub"]) == ([], "callto:hub hub")
