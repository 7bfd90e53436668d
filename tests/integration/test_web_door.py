"""The web page's door: who gets in, and what keeps strangers out."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
import trustme

from reception.hub.web.signing import ACCOUNT_FAILURES, ADDRESS_FAILURES, WINDOW_S
from tests.integration.web_rig import PASSWORD, PEOPLE, FakeDesk, Visitor, running, token_in

PAGES = (
    "/",
    "/colleagues",
    "/colleague/alh",
    "/plan",
    "/account",
    "/shortcuts",
    "/profiles",
    "/appointments",
)


async def test_nobody_sees_anything_without_signing_in() -> None:
    async with running() as rig, Visitor(rig) as visitor:
        for path in (*PAGES, "/part/me", "/part/row/alh"):
            page = await visitor.get(path)
            assert page.url.path == "/sign-in"
            assert "Alice" not in page.text
        assert (await visitor.get("/part/me", headers={"X-Part": "1"})).status_code == 401
        assert (await visitor.get("/live?p=alh")).text == "event: signed-out\ndata: {}\n\n"


async def test_the_right_password_opens_and_the_wrong_one_does_not() -> None:
    async with running() as rig, Visitor(rig) as visitor:
        wrong = await visitor.sign_in(password="wrong")
        assert wrong.status_code == 401
        assert "passer ikke" in wrong.text or "not right" in wrong.text
        page = await visitor.sign_in()
        assert page.url.path == "/"
        assert "Min status" in page.text
        again = await visitor.get("/sign-in")
        assert again.url.path == "/"


async def test_where_one_wanted_to_go_one_gets_but_nowhere_else() -> None:
    async with running() as rig, Visitor(rig) as visitor:
        page = await visitor.get("/colleague/alh")
        assert page.url.params["to"] == "/colleague/alh"
        for to, ends_at in (("/plan", "/plan"), ("//evil.example/x", "/"), ("https://evil.example", "/")):
            token = token_in((await visitor.get("/sign-in")).text)
            fields = {"csrf": token, "user": "meh", "password": PASSWORD, "to": to}
            page = await visitor.client.post("/sign-in", data=fields)
            assert page.url.path == ends_at
            assert page.url.host == "127.0.0.1"
            await visitor.post("/sign-out")


async def test_a_cookie_is_for_the_browser_alone() -> None:
    async with running() as rig, Visitor(rig, headers={"accept-language": "da"}) as visitor:
        token = token_in((await visitor.get("/sign-in")).text)
        fields = {"csrf": token, "user": "meh", "password": PASSWORD}
        answer = await visitor.client.post("/sign-in", data=fields, follow_redirects=False)
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert cookie.startswith("reception=")


async def test_signing_out_ends_the_session_in_the_hub_too() -> None:
    async with running() as rig, Visitor(rig) as visitor:
        await visitor.sign_in()
        stolen = visitor.client.cookies["reception"]
        await visitor.post("/sign-out")
        visitor.client.cookies.set("reception", stolen)
        assert (await visitor.get("/")).url.path == "/sign-in"


@pytest.mark.parametrize("hours", [12.1, 24 * 7.1])
async def test_a_sign_in_expires(hours: float) -> None:
    async with running() as rig, Visitor(rig) as visitor:
        await visitor.sign_in()
        rig.shift += hours * 3600
        assert (await visitor.get("/")).url.path == "/sign-in"


async def test_after_a_week_also_when_something_was_asked_all_the_time() -> None:
    async with running() as rig, Visitor(rig) as visitor:
        await visitor.sign_in()
        for _ in range(16):
            rig.shift += 10 * 3600
            assert (await visitor.get("/profiles")).url.path == "/profiles"
        rig.shift += 10 * 3600
        assert (await visitor.get("/profiles")).url.path == "/sign-in"


async def test_a_new_start_of_the_hub_signs_nobody_out(tmp_path: Path) -> None:
    file = tmp_path / "sessions.json"
    async with running(sessions_file=file) as rig, Visitor(rig) as visitor:
        await visitor.sign_in()
        cookie = visitor.client.cookies["reception"]
    async with running(sessions_file=file) as rig, Visitor(rig) as visitor:
        visitor.client.cookies.set("reception", cookie)
        assert (await visitor.get("/")).url.path == "/"


async def test_an_account_that_is_gone_has_no_session() -> None:
    async with running() as rig, Visitor(rig) as visitor:
        await visitor.sign_in()
        await rig.book.change("meh", user="", password="")
        assert (await visitor.get("/")).url.path == "/sign-in"


class TestRate:
    async def test_by_account(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            for _ in range(ACCOUNT_FAILURES):
                assert (await visitor.sign_in(password="wrong")).status_code == 401
            refused = await visitor.sign_in()  # although the password is right
            assert refused.status_code == 429
            assert int(refused.headers["retry-after"]) > 200
            assert (await visitor.sign_in("alh")).url.path == "/"  # others get in
            await visitor.post("/sign-out")
            rig.shift += WINDOW_S
            assert (await visitor.sign_in()).url.path == "/"

    async def test_by_address(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            for n in range(ADDRESS_FAILURES):
                assert (await visitor.sign_in(f"user{n}", "a password of many")).status_code == 401
            assert (await visitor.sign_in()).status_code == 429

    async def test_a_house_with_one_address_gets_in(self) -> None:
        async with running() as rig:
            for _ in range(ADDRESS_FAILURES // len(PEOPLE) + 1):
                for someone in PEOPLE:
                    async with Visitor(rig) as visitor:
                        assert (await visitor.sign_in(someone.id)).url.path == "/"


class TestForgery:
    async def test_nothing_is_done_without_the_token(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            for path in ("/shortcut/lunch", "/plan", "/undo", "/shortcuts", "/sign-out", "/account/password"):
                for fields in ({}, {"csrf": "x"}, {"csrf": ""}, {"csrf": "é"}):
                    assert (await visitor.client.post(path, data=fields)).status_code == 403
            assert rig.desk.asked == []
            assert (await visitor.get("/")).url.path == "/"

    async def test_nor_with_somebody_elses(self) -> None:
        async with running() as rig, Visitor(rig) as mette, Visitor(rig) as alice:
            await mette.sign_in("meh")
            await alice.sign_in("alh")
            token = token_in((await alice.get("/")).text)
            assert (await mette.client.post("/shortcut/lunch", data={"csrf": token})).status_code == 403

    async def test_nor_from_another_site(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            token = token_in((await visitor.get("/")).text)
            for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
                answer = await visitor.client.post("/shortcut/lunch", data={"csrf": token}, headers=headers)
                assert answer.status_code == 403
            assert rig.desk.asked == []

    async def test_a_sign_in_needs_the_page_it_was_typed_into(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            fields = {"csrf": "x", "user": "meh", "password": PASSWORD}
            assert (await visitor.client.post("/sign-in", data=fields)).status_code == 403
            await visitor.get("/sign-in")
            assert (await visitor.client.post("/sign-in", data=fields)).status_code == 403

    async def test_a_form_that_nobody_fills_in_by_hand_is_not_read(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            assert (await visitor.client.post("/plan", data={"note": "x" * 70_000})).status_code == 413
            assert (await visitor.client.put("/plan")).status_code == 405


class TestHeaders:
    async def test_every_answer_carries_them(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            stranger = [await visitor.get(p) for p in ("/sign-in", "/static/app.css", "/nothing")]
            await visitor.sign_in()
            for page in [*stranger, *[await visitor.get(p) for p in PAGES]]:
                policy = page.headers["content-security-policy"]
                assert "default-src 'none'" in policy
                assert "script-src 'self';" in policy
                assert "style-src 'self';" in policy
                assert "frame-ancestors 'none'" in policy
                assert "unsafe" not in policy
                assert page.headers["x-content-type-options"] == "nosniff"
                assert page.headers["referrer-policy"] == "same-origin"
                assert "server" not in page.headers

    async def test_no_page_has_a_script_or_a_style_in_its_text(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            for path in (*PAGES, "/colleagues?look=day", "/colleagues?look=week", "/divert"):
                page = await visitor.get(path)
                assert page.status_code == 200
                assert not re.search(
                    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page.text
                )
                assert page.headers["cache-control"] == "no-store"

    async def test_what_people_write_is_text(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            await visitor.sign_in()
            await visitor.post(
                "/plan",
                start_date="2030-01-01",
                start_time="10.00",
                calls="open",
                subject='<img src=x onerror="alert(1)">',
            )
            for path in ("/", "/appointments"):
                text = (await visitor.get(path)).text
                assert "<img" not in text
                assert "&lt;img src=x" in text

    async def test_files_may_be_kept_by_browsers_as_long_as_they_are_the_same(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            address = rig.web.assets.address("app.css")
            page = await visitor.get(address)
            assert "immutable" in page.headers["cache-control"]
            same = await visitor.get("/static/app.css", headers={"if-none-match": page.headers["etag"]})
            assert same.status_code == 304
            for other in ("/static/none.css", "/static/..%2f..%2fpyproject.toml"):
                assert (await visitor.get(other)).status_code == 404


async def test_with_tls_the_cookie_is_secure_and_browsers_remember(tmp_path: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    import ssl

    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    certificate.configure_cert(server)
    authority.configure_trust(client)
    async with running(tls=server) as rig, Visitor(rig, verify=client) as visitor:
        page = await visitor.get("/sign-in")
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        fields = {"csrf": token_in(page.text), "user": "meh", "password": PASSWORD}
        answer = await visitor.client.post("/sign-in", data=fields, follow_redirects=False)
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-reception=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert (await visitor.get("/")).url.path == "/"


class TestInvitations:
    async def test_a_colleague_chooses_a_password_once(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            link = f"/invitation/{rig.passwords.invite('meh', rig.now())}"
            short = await visitor.post(link, page=link, password="short", again="short")
            assert short.status_code == 422
            differs = await visitor.post(link, page=link, password="a new password", again="another one")
            assert differs.status_code == 422
            page = await visitor.post(link, page=link, password="a new password", again="a new password")
            assert page.url.path == "/"
            assert (await visitor.get(link)).status_code == 410
            await visitor.post("/sign-out")
            assert (await visitor.sign_in()).status_code == 401
            assert (await visitor.sign_in(password="a new password")).url.path == "/"

    async def test_a_wrong_link_says_so(self) -> None:
        async with running() as rig, Visitor(rig) as visitor:
            assert (await visitor.get("/invitation/wrong")).status_code == 410


class TestAccount:
    async def test_the_password_is_changed_with_the_old_one_and_others_are_signed_out(self) -> None:
        async with running() as rig, Visitor(rig) as here, Visitor(rig) as there:
            await here.sign_in()
            await there.sign_in()
            new = {"password": "a new password", "again": "a new password"}
            assert (await here.post("/account/password", old="wrong", **new)).status_code == 422
            assert (await here.post("/account/password", old=PASSWORD, **new)).status_code == 200
            assert (await here.get("/")).url.path == "/"
            assert (await there.get("/")).url.path == "/sign-in"

    async def test_the_language_stays_with_the_account(self) -> None:
        async with running() as rig, Visitor(rig, headers={"accept-language": "da"}) as visitor:
            await visitor.sign_in()
            await visitor.post("/account/language", language="de")
            assert "Mein Status" in (await visitor.get("/")).text
            await visitor.post("/account/language", language="klingon")
            assert "Mein Status" in (await visitor.get("/")).text

    async def test_before_the_sign_in_it_is_the_browsers_or_the_one_chosen(self) -> None:
        async with running() as rig, Visitor(rig, headers={"accept-language": "de"}) as visitor:
            assert "Anmelden" in (await visitor.get("/sign-in")).text
            assert "Log på" in (await visitor.get("/language/da")).text


async def test_an_address_that_is_taken_is_an_error() -> None:
    async with running() as rig:
        with pytest.raises(OSError, match="in use"):
            async with running(port=rig.server.port):
                pass


async def test_what_nobody_may_know_of_does_not_exist() -> None:
    desk = FakeDesk()
    desk.unseen = {"peh"}
    async with running(desk=desk) as rig, Visitor(rig) as visitor:
        await visitor.sign_in()
        assert "Pernille" not in (await visitor.get("/colleagues")).text
        for path in ("/colleague/peh", "/part/row/peh", "/part/colleague/peh"):
            page: httpx.Response = await visitor.get(path)
            assert page.status_code == 404
