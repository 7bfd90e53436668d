"""Templates of e-mails: what may stand in them, and filling them in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.mail import HOLES, fault_in, filled


def test_a_template_is_filled_with_what_is_known_and_lines_of_what_is_not_do_not_come() -> None:
    text = "Ring til {caller}.\nNummer: {number}\nTid: {time}\n\nHilsen"
    assert filled(text, {"caller": "Bo {x}", "time": "13.42"}) == "Ring til Bo {x}.\nTid: 13.42\n\nHilsen"


@pytest.mark.parametrize("text", ["{caler}", "{caller", "{0}", "{caller.__class__}", "{}"])
def test_a_hole_that_does_not_exist_is_named(text: str) -> None:
    assert fault_in(text)


@given(st.lists(st.sampled_from([*(f"{{{hole}}}" for hole in HOLES), "ord", "{{", "}}", "\n"])).map("".join))
def test_what_has_no_fault_can_be_filled(text: str) -> None:
    assert fault_in(text) == ""
    assert isinstance(filled(text, dict.fromkeys(HOLES, "x")), str)
