"""Whatever the emulated Exchange is asked, it answers: by its schema, or with a refusal."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.emulators.exchange.mailboxes import Caller, Item, Mailbox, Organisation
from services.emulators.exchange.service import ExchangeService
from services.emulators.exchange.soap import NS, SOAP
from tests.unit.services.ews_requests import AUTHORIZATION, enveloped, requests_for
from tests.unit.services.ews_schema import faults

ANNA = "anna@firma.example"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
JUNK = (
    "",
    " ",
    "æ",
    "-1",
    "0",
    "1",
    "x" * 5000,
    "9" * 30,
    "٣",
    "²",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-23",
    "2026-11-23T08:00:00Z",
    "AAAA",
    "root",
    "None",
    "tasks",
    base64.b64encode(b"calendar anna@firma.example").decode(),
    base64.b64encode(b"anna@firma.example one#\xc2\xb2").decode(),
    base64.b64encode(b"anna@firma.example one#99999").decode(),
    base64.b64encode("state ² anna@firma.example".encode()).decode(),
    base64.b64encode(b"state 99999999 anna@firma.example").decode(),
)

LETTERS = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn", "Co"]), max_size=8)


def service() -> tuple[ExchangeService, dict[str, str]]:
    house = Organisation(
        [Mailbox(address=ANNA)], [Caller(name="svc", password="pw", may_impersonate=True)], lambda: NOW
    )
    house.put(ANNA, Item(id="one", subject="Statusmøde", start=NOW, end=NOW, repeats="daily", times=3))
    made = ExchangeService(house)
    blank = requests_for(ANNA, "", "", "")
    subscribed = etree.fromstring(made.answer(AUTHORIZATION, enveloped(blank["Subscribe"], ANNA)).content)
    id_ = subscribed.findtext(".//m:SubscriptionId", namespaces=NS)
    changes = etree.fromstring(made.answer(AUTHORIZATION, enveloped(blank["SyncFolderItems"], ANNA)).content)
    state = changes.findtext(".//m:SyncState", namespaces=NS)
    item = base64.b64encode(f"{ANNA} one".encode()).decode()
    assert id_
    assert state
    return made, requests_for(ANNA, item, id_, state)


def asked(made: ExchangeService, content: bytes) -> int:
    """Ask, hold the answer against the schema, and return its status."""
    wrong: list[str] = []
    made.told = lambda operation, answer: wrong.extend(faults(operation, answer))
    reply = made.answer(AUTHORIZATION, content)
    if reply.parts is not None:
        made.subscriptions.close()
        list(reply.parts)
    elif reply.status != 200:
        assert etree.fromstring(reply.content).find(f"{{{SOAP}}}Body/{{{SOAP}}}Fault") is not None
    assert not wrong, "\n".join(wrong)
    return reply.status


OPERATIONS = sorted(requests_for("", "", "", ""))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_each_operation_is_known(operation: str) -> None:
    made, contents = service()
    content = contents[operation]
    name = etree.QName(etree.fromstring(enveloped(content)).find("s:Body", NS)[0]).localname
    assert not faults(name, etree.tostring(etree.fromstring(enveloped(content)).find("s:Body", NS)[0]))
    assert asked(made, enveloped(content, ANNA)) == 200


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_request_that_was_spoiled_is_answered_or_refused(data: st.DataObject) -> None:
    made, contents = service()
    operation = data.draw(st.sampled_from(OPERATIONS))
    root = etree.fromstring(enveloped(contents[operation], data.draw(st.sampled_from([ANNA, ""]))))
    for _ in range(data.draw(st.integers(1, 3))):
        _spoil(data, root)
    assert asked(made, etree.tostring(root)) in (200, 400, 500)


def _spoil(data: st.DataObject, root: etree._Element) -> None:
    every = [e for e in root.iter() if e.getparent() is not None and isinstance(e.tag, str)]
    if not every:
        return
    found = data.draw(st.sampled_from(every))
    junk = data.draw(st.sampled_from(JUNK) | LETTERS)
    match data.draw(st.sampled_from(["text", "attribute", "remove", "comment", "twice", "rename"])):
        case "text":
            found.text = junk
        case "attribute" if found.attrib:
            found.set(data.draw(st.sampled_from(sorted(found.attrib))), junk)
        case "remove":
            found.getparent().remove(found)
        case "comment":
            found.insert(0, etree.Comment("nothing"))
        case "twice":
            found.getparent().append(etree.fromstring(etree.tostring(found)))
        case _:
            found.tag = f"{{{NS['t']}}}Nonsense"


@given(st.binary(max_size=200))
def test_bytes_that_are_no_request_are_refused(content: bytes) -> None:
    made, _ = service()
    assert asked(made, content) == 400


def test_a_document_with_entities_is_refused_before_they_are_read() -> None:
    made, contents = service()
    content = ENTITY + enveloped(contents["ResolveNames"].replace("anna", "&b;"), ANNA)
    assert asked(made, content) == 400
    assert made.count("ResolveNames") == 0


@given(st.text(max_size=40))
def test_whoever_signs_in_strangely_is_a_stranger(header: str) -> None:
    made, contents = service()
    assert made.answer(header, enveloped(contents["ResolveNames"])).status == 401
