"""Who is let in, and that nothing that arrives at the door stops the hub."""

from __future__ import annotations

import asyncio
import socket
import ssl
from contextlib import suppress

import pytest
import trustme
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from reception.directory.numbers import NumberPlan
from reception.hub.server import ServerSettings
from reception.model.intents import AnswerNext
from reception.wire import PROTOCOL, Goodbye, Hello, Refused, Request, Welcome, encode
from tests.integration.hub_rig import TOKENS, Rig, ask, closed, console, hear, log_in, raw, running


async def still_serves(rig: Rig) -> None:
    async with raw(rig) as connection:
        welcome, _ = await log_in(connection)
        assert welcome.attendant == "KLJ"


async def refusal_of(rig: Rig, data: bytes | str) -> Refused:
    async with raw(rig) as connection:
        await connection.send(data)
        refused = await hear(connection, Refused)
        with pytest.raises(ConnectionClosed):
            await connection.recv()
        return refused


async def test_an_unknown_protocol_is_refused_with_both_versions() -> None:
    async with running() as rig:
        refused = await refusal_of(rig, encode(Hello(protocol=99, token=TOKENS["KLJ"])))
        assert refused.message.key == "unknown_protocol"
        assert refused.message.params == {"theirs": 99, "ours": PROTOCOL}
        await still_serves(rig)


async def test_a_hello_of_another_shape_is_told_the_protocol_not_that_it_is_malformed() -> None:
    async with running() as rig:
        refused = await refusal_of(rig, '{"type": "HelloAgain", "protocol": 1, "ticket": {}}')
        assert refused.message.key == "unknown_protocol"


@pytest.mark.parametrize("token", ["", "wrong", "token-of-karin ", "æøå", "token-of-kari"])
async def test_without_the_right_token_nobody_gets_in(token: str) -> None:
    async with running() as rig:
        refused = await refusal_of(rig, encode(Hello(protocol=PROTOCOL, token=token)))
        assert refused.message.key == "wrong_token"
        assert rig.presence == []
        await still_serves(rig)


async def test_a_request_before_the_hello_is_refused_and_not_carried_out() -> None:
    async with running() as rig:
        rig.switch.caller()
        refused = await refusal_of(rig, encode(Request(id="1", intent=AnswerNext())))
        assert refused.message.key == "hello_expected"
        assert rig.switch.sent == [] or all(type(c).__name__ != "Originate" for c in rig.switch.sent)


async def test_whoever_says_nothing_is_let_go() -> None:
    async with running(settings=ServerSettings(hello_timeout_s=0.05)) as rig, raw(rig) as connection:
        refused = await hear(connection, Refused)
        assert refused.message.key == "hello_expected"


async def test_a_console_is_told_how_the_house_dials() -> None:
    plan = NumberPlan(country="49", longest_short=4)
    async with running(settings=ServerSettings(numbers=plan)) as rig, raw(rig) as connection:
        welcome, _ = await log_in(connection)
        assert welcome.numbers == plan


async def test_an_oversized_frame_is_refused_in_words() -> None:
    async with running() as rig:
        refused = await refusal_of(rig, "x" * (64 * 1024 + 1))
        assert refused.message.key == "too_large"
        assert refused.message.params == {"limit": 64 * 1024}
        await still_serves(rig)


async def test_a_huge_frame_is_refused_before_it_is_read() -> None:
    async with running() as rig, raw(rig) as connection:
        with suppress(ConnectionClosed):
            await connection.send("x" * 2_000_000)
        await connection.wait_closed()
        assert connection.close_code == 1009
        await still_serves(rig)


async def test_a_frame_of_exactly_the_limit_is_taken() -> None:
    async with running() as rig, raw(rig) as connection:
        hello = encode(Hello(protocol=PROTOCOL, token=TOKENS["KLJ"]))
        await connection.send(hello + b" " * (64 * 1024 - len(hello)), text=True)
        assert (await hear(connection, Welcome)).attendant == "KLJ"


async def test_a_malformed_frame_after_the_hello_ends_only_that_console() -> None:
    async with running() as rig, console(rig, "MBH") as other, raw(rig) as connection:
        await log_in(connection)
        await connection.send('{"type": "Request", "id": 7}')
        refused = await hear(connection, Refused)
        assert refused.message.key == "malformed"
        rig.switch.caller()
        await other.until(lambda: other.session.replica.calls)


async def test_a_second_hello_is_refused() -> None:
    async with running() as rig, raw(rig) as connection:
        await log_in(connection)
        await connection.send(encode(Hello(protocol=PROTOCOL, token=TOKENS["KLJ"])), text=True)
        assert (await hear(connection, Refused)).message.key == "malformed"


async def test_a_request_id_of_any_length_is_not_stored() -> None:
    async with running() as rig, raw(rig) as connection:
        await log_in(connection)
        await connection.send(encode(Request(id="x" * 65, intent=AnswerNext())), text=True)
        assert (await hear(connection, Refused)).message.key == "malformed"
        assert rig.store.outcomes == {}


async def test_a_browser_is_not_served() -> None:
    async with running() as rig:
        with pytest.raises(InvalidStatus) as refused:
            await connect(rig.url, origin="http://evil.example", proxy=None)  # type: ignore[arg-type]
        assert refused.value.response.status_code == 403


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(st.binary(max_size=300) | st.text(max_size=200), min_size=1, max_size=4))
def test_no_frames_whatever_stop_the_hub(frames: list[bytes | str]) -> None:
    async def knock() -> None:
        async with running() as rig:
            async with raw(rig) as connection:
                with suppress(ConnectionClosed):  # refused while we were still talking
                    for frame in frames:
                        await connection.send(frame)
                refused = await hear(connection, Refused)
                assert refused.message.key in ("malformed", "hello_expected", "unknown_protocol")
            await still_serves(rig)

    asyncio.run(knock())


@settings(max_examples=25, deadline=None)
@given(data=st.binary(min_size=1, max_size=2_000))
def test_no_bytes_on_the_bare_socket_stop_the_hub(data: bytes) -> None:
    async def knock() -> None:
        async with running() as rig:
            _, writer = await asyncio.open_connection("127.0.0.1", rig.server.port)
            writer.write(data)
            await writer.drain()
            writer.close()
            await writer.wait_closed()
            await still_serves(rig)

    asyncio.run(knock())


async def test_deep_nesting_is_malformed_and_harmless() -> None:
    async with running() as rig:
        text = '{"type":"Hello","protocol":1,"token":"x","y":' + "[" * 30_000 + "]" * 30_000 + "}"
        refused = await refusal_of(rig, text)
        assert refused.message.key in ("malformed", "wrong_token")
        await still_serves(rig)


async def test_a_console_that_says_goodbye_is_let_go_in_order() -> None:
    async with running() as rig, raw(rig) as connection:
        await log_in(connection)
        await connection.send(encode(Goodbye(stop_hub=True)), text=True)
        assert await closed(connection) == 1000
        assert rig.goodbyes == [Goodbye(stop_hub=True)]


async def test_presence_is_told_when_the_first_console_comes_and_the_last_goes() -> None:
    async with running() as rig:
        async with raw(rig) as one, raw(rig) as two:
            await log_in(one)
            await log_in(two)
            assert rig.engine.attendants["KLJ"].is_connected
            await one.close()
            await ask(two, AnswerNext(), "wait for the other to be gone")
            assert rig.engine.attendants["KLJ"].is_connected
        async with raw(rig) as mads:  # a round trip of another console: ours are gone by then
            await log_in(mads, "MBH")
            assert not rig.engine.attendants["KLJ"].is_connected


# ------------------------------------------------------------------ TLS


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


def server_tls(authority: trustme.CA, name: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def client_tls(authority: trustme.CA | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if authority is not None:
        authority.configure_trust(context)
    return context


async def test_a_console_works_over_tls(authority: trustme.CA) -> None:
    async with running(tls=server_tls(authority)) as rig, console(rig, tls=client_tls(authority)) as one:
        rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)


async def test_a_hub_without_a_trusted_certificate_is_not_told_the_token(authority: trustme.CA) -> None:
    async with running(tls=server_tls(authority)) as rig:
        with pytest.raises(ssl.SSLCertVerificationError):
            async with raw(rig, ssl=client_tls(None)):
                pass
        assert rig.presence == []


async def test_a_certificate_for_another_name_is_not_accepted(authority: trustme.CA) -> None:
    async with running(tls=server_tls(authority, "other.example")) as rig:
        with pytest.raises(ssl.SSLCertVerificationError):
            async with raw(rig, ssl=client_tls(authority)):
                pass


async def test_a_plain_connection_to_a_tls_hub_gets_nothing(authority: trustme.CA) -> None:
    async with running(tls=server_tls(authority)) as rig:
        reader, writer = await asyncio.open_connection("127.0.0.1", rig.server.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = await reader.read(200)
        assert b"HTTP/1.1 101" not in answer
        writer.close()
        await writer.wait_closed()
        async with console(rig, tls=client_tls(authority)):
            pass


def test_the_listening_socket_is_on_loopback_only() -> None:
    async def look() -> None:
        async with running() as rig:
            assert rig.server._server is not None
            names = {s.getsockname()[0] for s in rig.server._server.sockets}
            assert names == {"127.0.0.1"}
            assert all(s.family is socket.AF_INET for s in rig.server._server.sockets)

    asyncio.run(look())
