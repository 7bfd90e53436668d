"""Sign-ins under way, and the consoles that wait for one: each ends once, in time, where it began."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.errors import SignInRefused
from reception.hub import flows, pairings
from reception.hub.flows import LIFE_S, Flows
from reception.hub.pairings import Pairings
from reception.model.changes import Message

NOW = 1_000.0


def test_what_is_begun_ends_once() -> None:
    all_flows = Flows()
    flow, browser = all_flows.begin(NOW, to="/plan")
    assert all_flows.take(flow.state, browser, NOW + LIFE_S - 1) == flow
    with pytest.raises(SignInRefused, match="sign_in_expired"):
        all_flows.take(flow.state, browser, NOW)


@given(late=st.floats(LIFE_S, 1e6))
def test_after_ten_minutes_it_has_ended(late: float) -> None:
    all_flows = Flows()
    flow, browser = all_flows.begin(NOW)
    with pytest.raises(SignInRefused):
        all_flows.take(flow.state, browser, NOW + late)


@given(state=st.text(max_size=50), browser=st.text(max_size=50))
def test_nobody_ends_it_by_guessing(state: str, browser: str) -> None:
    all_flows = Flows()
    flow, cookie = all_flows.begin(NOW)
    for given_state, given_cookie in ((state, cookie), (state, browser)):
        with pytest.raises(SignInRefused):
            all_flows.take(given_state, given_cookie, NOW)
    assert all_flows.take(flow.state, cookie, NOW) == flow


def test_another_browser_ends_it_for_everybody() -> None:
    all_flows = Flows()
    flow, browser = all_flows.begin(NOW)
    _, another = all_flows.begin(NOW)
    for cookie in (another, browser):
        with pytest.raises(SignInRefused):
            all_flows.take(flow.state, cookie, NOW)


def test_nothing_in_two_of_them_is_the_same_and_the_browser_knows_none_of_it() -> None:
    all_flows = Flows()
    begun = [all_flows.begin(NOW) for _ in range(50)]
    secrets = [s for f, cookie in begun for s in (f.state, f.nonce, f.verifier, f.browser, cookie)]
    assert len(set(secrets)) == 250
    assert all(len(s) >= 43 for s in secrets)


def test_the_challenge_is_that_of_the_rfc() -> None:
    """RFC 7636, appendix B."""
    flow, _ = Flows().begin(NOW)
    example = flows.Flow(
        state="", nonce="", verifier="dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", browser="", until=0.0
    )
    assert example.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    digest = hashlib.sha256(flow.verifier.encode()).digest()
    assert flow.challenge == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def test_the_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "_MOST", 3)
    all_flows = Flows()
    begun = [all_flows.begin(NOW) for _ in range(4)]
    with pytest.raises(SignInRefused):
        all_flows.take(begun[0][0].state, begun[0][1], NOW)
    assert all_flows.take(begun[1][0].state, begun[1][1], NOW)


# ------------------------------------------------------------------ consoles


class Clock:
    now = NOW

    def __call__(self) -> float:
        return self.now


def waiting(clock: Clock | None = None) -> Pairings:
    made = Pairings({"alice": "KLJ"}.get, clock or Clock())
    made.page = "https://presence.example"
    return made


async def test_a_ticket_is_good_once_for_one_console() -> None:
    all_pairings = waiting()
    mine, others = all_pairings.offer(4001), all_pairings.offer(4002)
    all_pairings.arrive(mine, "alice", "Alice")
    address, _, ticket = all_pairings.confirm(mine).partition("?ticket=")
    assert address == "http://127.0.0.1:4001/signed-in"
    assert not all_pairings.redeem(others, ticket)
    assert all_pairings.redeem(mine, ticket)
    assert not all_pairings.redeem(mine, ticket)


async def test_there_is_no_ticket_for_nothing() -> None:
    all_pairings = waiting()
    mine = all_pairings.offer(4001)
    assert not all_pairings.redeem(mine, "")
    all_pairings.arrive(mine, "alice", "Alice")
    assert not all_pairings.redeem(mine, "")


async def test_somebody_else_who_arrives_makes_the_ticket_worthless() -> None:
    all_pairings = waiting()
    mine = all_pairings.offer(4001)
    all_pairings.arrive(mine, "alice", "Alice")
    ticket = all_pairings.confirm(mine).partition("?ticket=")[2]
    all_pairings.arrive(mine, "alice", "Alice")
    assert not all_pairings.redeem(mine, ticket)
    with pytest.raises(SignInRefused, match="sign_in_no_receptionist"):
        all_pairings.arrive(mine, "bob", "Bob")


async def test_guessing_ends() -> None:
    all_pairings = waiting()
    mine = all_pairings.offer(4001)
    for n in range(5):
        assert not all_pairings.redeem(mine, f"guess {n}")
    with pytest.raises(SignInRefused):
        all_pairings.redeem(mine, "guess")


async def test_too_late_and_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    all_pairings = waiting(clock)
    mine = all_pairings.offer(4001)
    clock.now += LIFE_S
    assert all_pairings.find(mine.id) is None
    with pytest.raises(SignInRefused, match="sign_in_expired"):
        all_pairings.redeem(mine, "late")
    monkeypatch.setattr(pairings, "_MOST", 1)
    with pytest.raises(SignInRefused, match="sign_in_busy"):
        all_pairings.offer(4002)
    all_pairings.withdraw(mine)
    assert all_pairings.offer(4002)
    all_pairings.page = ""
    with pytest.raises(SignInRefused, match="sign_in_off"):
        all_pairings.offer(4003)


async def test_why_nothing_comes_of_it_is_told_once() -> None:
    all_pairings = waiting()
    mine = all_pairings.offer(4001)
    all_pairings.refuse(mine, Message(key="sign_in_declined"))
    all_pairings.refuse(mine, Message(key="sign_in_expired"))
    assert mine.ended.result().key == "sign_in_declined"
