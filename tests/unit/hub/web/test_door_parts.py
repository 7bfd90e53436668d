"""Sessions, limits, passwords, invitations, languages: what the page's door is made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from reception.errors import BadInput
from reception.hub.web.limits import Limit
from reception.hub.web.passwords import Passwords, fault_of, owner_of
from reception.hub.web.sessions import Sessions
from reception.hub.web.words import LANGUAGES, choose_language, words_in
from reception.model.stored import Account
from tests.integration.web_rig import KEY, METTE, PASSWORD, PEOPLE, WEAK, MemoryBook

HOUR = 3600.0


def sessions(file: Path | None = None) -> Sessions:
    return Sessions(idle_s=HOUR, longest_s=5 * HOUR, file=file)


class TestSessions:
    def test_a_session_ends_when_nothing_is_asked(self) -> None:
        all_of_them = sessions()
        token, session = all_of_them.begin("meh", "meh", 0.0)
        assert all_of_them.find(token, HOUR - 1) is session
        assert all_of_them.find(token, 2 * HOUR - 2) is session
        assert all_of_them.find(token, 3 * HOUR - 1) is None

    def test_and_after_a_longer_time_whatever_is_asked(self) -> None:
        all_of_them = sessions()
        token, _ = all_of_them.begin("meh", "meh", 0.0)
        for minute in range(299):
            assert all_of_them.find(token, minute * 60.0) is not None
        assert all_of_them.find(token, 5 * HOUR) is None

    def test_an_open_page_does_not_prolong_it(self) -> None:
        all_of_them = sessions()
        token, session = all_of_them.begin("meh", "meh", 0.0)
        assert all_of_them.peek(token, HOUR - 1) is session
        assert not all_of_them.holds(session, HOUR)

    def test_a_new_start_of_the_hub_signs_nobody_out_and_the_file_signs_nobody_in(
        self, tmp_path: Path
    ) -> None:
        file = tmp_path / "web-sessions.json"
        token, _ = sessions(file).begin("meh", "meh", 0.0)
        assert token not in file.read_text()
        assert file.stat().st_mode & 0o077 == 0
        later = sessions(file)
        later.load(60.0)
        found = later.find(token, 60.0)
        assert found is not None
        assert found.person == "meh"

    def test_a_broken_file_signs_everybody_out(self, tmp_path: Path) -> None:
        file = tmp_path / "web-sessions.json"
        file.write_text("{")
        later = sessions(file)
        later.load(0.0)
        assert later.find("x", 0.0) is None

    def test_one_colleague_has_so_many_sessions_and_no_more(self) -> None:
        all_of_them = sessions()
        first, _ = all_of_them.begin("meh", "meh", 0.0)
        for n in range(20):
            all_of_them.begin("meh", "meh", 1.0 + n)
        assert all_of_them.find(first, 30.0) is None

    def test_signed_out_everywhere_but_here(self) -> None:
        all_of_them = sessions()
        there, _ = all_of_them.begin("meh", "meh", 0.0)
        here, session = all_of_them.begin("meh", "meh", 0.0)
        other, _ = all_of_them.begin("alh", "alh", 0.0)
        all_of_them.end_all_of("meh", but=session.id)
        assert [all_of_them.find(t, 1.0) is not None for t in (there, here, other)] == [False, True, True]


class TestLimit:
    def test_so_many_failures_then_a_wait_until_the_oldest_is_long_ago(self) -> None:
        limit = Limit(failures=3, window_s=60.0)
        for second in range(3):
            assert limit.wait_s("meh", float(second)) == 0
            limit.note_failure("meh", float(second))
        assert limit.wait_s("meh", 10.0) == 50.0
        assert limit.wait_s("alh", 10.0) == 0
        assert limit.wait_s("meh", 60.0) == 0

    def test_who_has_signed_in_begins_anew(self) -> None:
        limit = Limit(failures=1, window_s=60.0)
        limit.note_failure("meh", 0.0)
        limit.forget("meh")
        assert limit.wait_s("meh", 1.0) == 0

    def test_one_that_was_none_is_taken_back(self) -> None:
        limit = Limit(failures=1, window_s=60.0)
        limit.note_failure("10.0.0.1", 0.0)
        limit.take_back("10.0.0.1")
        limit.take_back("10.0.0.2")
        assert limit.wait_s("10.0.0.1", 1.0) == 0

    def test_it_does_not_grow_without_end(self) -> None:
        limit = Limit(failures=1, window_s=60.0)
        for n in range(10_001):
            limit.note_failure(str(n), 0.0)
        assert limit.wait_s("0", 1.0) == 0
        assert limit.wait_s("10000", 1.0) > 0


class TestPasswords:
    async def test_the_right_one_opens(self) -> None:
        passwords = Passwords(MemoryBook(Account(person="meh", user="meh")), KEY, WEAK)
        assert await passwords.sign_in("meh", "") is None
        await passwords.set_password("meh", PASSWORD)
        assert await passwords.sign_in("meh", "wrong") is None
        assert await passwords.sign_in("nobody", PASSWORD) is None
        account = await passwords.sign_in(" MEH ", PASSWORD)
        assert account is not None
        assert account.password.startswith("$argon2id$")

    async def test_a_weak_hash_is_made_anew_at_the_next_sign_in(self) -> None:
        book = MemoryBook(Account(person="meh", user="meh", password=WEAK.hash(PASSWORD)))
        stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
        before = book.of("meh").password
        assert await Passwords(book, KEY, stronger).sign_in("meh", PASSWORD) is not None
        assert book.of("meh").password != before
        assert not stronger.check_needs_rehash(book.of("meh").password)

    async def test_an_invitation_holds_once_and_a_week(self) -> None:
        passwords = Passwords(MemoryBook(Account(person="meh", user="meh")), KEY, WEAK)
        token = passwords.invite("meh", 0.0)
        assert passwords.invited(token, 1.0) is not None
        assert passwords.invited(token, 8 * 86_400.0) is None
        await passwords.set_password("meh", PASSWORD)
        assert passwords.invited(token, 1.0) is None

    @pytest.mark.parametrize(
        "change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t + "é", lambda _: "a.b"]
    )
    def test_a_changed_invitation_is_none(self, change) -> None:  # type: ignore[no-untyped-def]
        passwords = Passwords(MemoryBook(Account(person="meh", user="meh")), KEY, WEAK)
        assert passwords.invited(change(passwords.invite("meh", 0.0)), 1.0) is None

    def test_another_key_makes_other_invitations(self) -> None:
        book = MemoryBook(Account(person="meh", user="meh"))
        assert Passwords(book, b"other", WEAK).invited(Passwords(book, KEY, WEAK).invite("meh", 0), 1) is None

    def test_whoever_has_no_account_cannot_be_invited(self) -> None:
        with pytest.raises(BadInput):
            Passwords(MemoryBook(), KEY, WEAK).invite("meh", 0.0)

    @pytest.mark.parametrize(
        ("password", "fault"),
        [
            ("short", "password_short"),
            ("x" * 201, "password_long"),
            ("aaaaaaaaaaaa", "password_simple"),
            ("metteholst-123", "password_simple"),
            ("correct horse", ""),
        ],
    )
    def test_what_is_wrong_with_a_password(self, password: str, fault: str) -> None:
        assert fault_of(password, "metteholst") == fault


class TestOwners:
    @pytest.mark.parametrize("name", ["meh", "MEH@firma.example", "202", "+4540112235"])
    def test_an_account_finds_its_colleague(self, name: str) -> None:
        assert owner_of("mette", name, PEOPLE) == METTE

    @pytest.mark.parametrize(("user", "person"), [("nobody", ""), ("a b", "meh"), ("", "meh"), ("x", "zzz")])
    def test_or_says_why_not(self, user: str, person: str) -> None:
        with pytest.raises(BadInput) as refusal:
            owner_of(user, person, PEOPLE)
        assert str(refusal.value)


class TestLanguages:
    @pytest.mark.parametrize(
        ("accepted", "language"),
        [
            ("da-DK,da;q=0.9,en;q=0.8", "da"),
            ("fr,de-AT;q=0.5,en;q=0.3", "de"),
            ("en;q=0.1,nb;q=0.9", "da"),
            ("fr", "en"),
            ("", "en"),
            ("da;q=none,,;;", "en"),
        ],
    )
    def test_what_the_browser_accepts(self, accepted: str, language: str) -> None:
        assert choose_language(accepted=accepted) == language

    def test_what_was_chosen_goes_before(self) -> None:
        assert choose_language("", "de", accepted="da") == "de"
        assert choose_language("klingon", accepted="da") == "da"

    def test_each_language_has_all_words_and_the_same_values_in_them(self) -> None:
        keys = {code: set(words_in(code)._texts) for code in LANGUAGES}
        assert keys["da"] == keys["de"] == keys["en"]
        for key in keys["en"]:
            values = {tuple(sorted(_values(words_in(code)[key]))) for code in LANGUAGES}
            assert len(values) == 1, key
        assert {len(words_in(code).names("months")) for code in LANGUAGES} == {12}
        assert {len(words_in(code).names("weekdays")) for code in LANGUAGES} == {7}


def _values(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]
