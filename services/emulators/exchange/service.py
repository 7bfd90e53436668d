"""What the server answers to each request, whoever carries it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Final

import msgspec
from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

from services.emulators.exchange import availability, folders, people, replies
from services.emulators.exchange.changes import Changes
from services.emulators.exchange.faults import Troubles, Unwilling
from services.emulators.exchange.folders import Doors
from services.emulators.exchange.mailboxes import Caller, Organisation
from services.emulators.exchange.oauth import OAuth
from services.emulators.exchange.sign_in import BY_DEFAULT, MakeSignIn, Turned, Visit
from services.emulators.exchange.soap import (
    NS,
    Fault,
    Refused,
    asked_in,
    envelope,
    fault,
    message,
    parsed,
    response,
)
from services.emulators.exchange.subscriptions import Subscriptions

STREAM: Final = "GetStreamingEvents"
TOKEN: Final = "token"
_SID: Final = "s:Header/t:ExchangeImpersonation/t:ConnectingSID"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A request as it came: what was asked, for whom, and the bytes of the body's content."""

    operation: str
    mailbox: str
    content: bytes


class Reply(msgspec.Struct, kw_only=True):
    """An answer: whole, or in `parts` that come one after the other. `wait_s` asks to come back later."""

    status: int = 200
    content: bytes = b""
    parts: Iterator[bytes] | None = None
    retry_after_s: int | None = None
    offers: tuple[str, ...] = ()


class ExchangeService:
    """An Exchange server without a network. From any thread.

    `asked` is what came so far, `strangers` how often somebody came of whom it does not know (yet) who they
    are; `sign_in` is how they show it. `told` hears of each content of a body that goes out, with its
    operation.
    """

    def __init__(self, organisation: Organisation, make_sign_in: MakeSignIn = BY_DEFAULT) -> None:
        self.organisation = organisation
        self.sign_in = make_sign_in(organisation)
        self.troubles = Troubles()
        self.asked: list[Asked] = []
        self.strangers = 0
        self.told: Callable[[str, bytes], None] = lambda operation, content: None
        self._doors = Doors(organisation)
        self.changes = Changes(self._doors)
        self.subscriptions = Subscriptions(organisation, self._doors)

    def answer(self, authorization: str, content: bytes, visit: Visit | None = None) -> Reply:
        """Answer a request of a connection (none: a new one); never raises for what is in it."""
        caller = (visit or self.sign_in.visit()).admit(authorization)
        if isinstance(caller, Turned):
            self.strangers += 1
            return Reply(status=caller.status, retry_after_s=caller.retry_after_s, offers=caller.offers)
        operation = ""
        try:
            root = parsed(content)
            request = asked_in(root)
            operation = etree.QName(request).localname.removesuffix("Request")
            impersonated = self._impersonated(root, caller)
            self.asked.append(
                Asked(operation=operation, mailbox=impersonated, content=etree.tostring(request))
            )
            self.troubles.before(operation)
            if operation == STREAM:
                return self._stream(caller, request)
            answer = self._answer_to(operation, caller, impersonated, request)
        except Unwilling as unwilling:
            offers = self.sign_in.offers if unwilling.status == 401 else ()
            return Reply(status=unwilling.status, retry_after_s=unwilling.retry_after_s, offers=offers)
        except Fault as refusal:
            return Reply(status=refusal.status, content=fault(refusal))
        self.told(operation, etree.tostring(answer))
        return Reply(content=self.troubles.after(operation, envelope(answer)))

    def token(self, authorization: str, content: bytes) -> Reply:
        """Answer a request for a token; with troubles of the operation ``token``."""
        if not isinstance(self.sign_in, OAuth):
            return Reply(status=404)
        try:
            self.troubles.before(TOKEN)
        except Unwilling as unwilling:
            return Reply(status=unwilling.status, retry_after_s=unwilling.retry_after_s)
        granted = self.sign_in.grant(authorization, content)
        answer = msgspec.json.encode(granted.body)
        return Reply(status=granted.status, content=self.troubles.after(TOKEN, answer))

    def count(self, operation: str) -> int:
        """Return how often something was asked."""
        return sum(asked.operation == operation for asked in self.asked)

    def _answer_to(
        self, operation: str, caller: Caller, impersonated: str, request: etree._Element
    ) -> etree._Element:
        with self.organisation.lock:
            match operation:
                case "GetServerTimeZones":
                    return availability.time_zones(request)
                case "GetUserAvailability":
                    return availability.availability(self.organisation, caller, request)
                case "GetUserOofSettings":
                    return replies.get_replies(self._doors, caller, impersonated, request)
                case "SetUserOofSettings":
                    return replies.set_replies(self._doors, caller, impersonated, request)
                case "GetFolder":
                    return folders.get_folder(self._doors, caller, impersonated, request)
                case "FindItem":
                    return folders.find_item(self._doors, caller, impersonated, request)
                case "GetItem":
                    return folders.get_item(self._doors, caller, impersonated, request)
                case "SyncFolderItems":
                    return self.changes.sync(caller, impersonated, request)
                case "Subscribe":
                    return self.subscriptions.subscribe(caller, impersonated, request)
                case "Unsubscribe":
                    return self.subscriptions.unsubscribe(caller, request)
                case "GetEvents":
                    return self.subscriptions.get_events(caller, request)
                case "ResolveNames":
                    return people.resolve_names(self.organisation, request)
                case "GetDelegate":
                    return people.get_delegates(self._doors, caller, impersonated, request)
                case "ConvertId":
                    error = Refused("ErrorInvalidIdMalformed", "Id is malformed.")
                    return response("ConvertId", message("ConvertId", error=error))
                case _:
                    raise Fault("ErrorInvalidRequest", f"{operation} is not emulated", status=400)

    def _stream(self, caller: Caller, request: etree._Element) -> Reply:
        events = self.subscriptions.stream(caller, request)
        first = next(events)  # what refuses the whole is raised here
        return Reply(parts=self._parts(first, events))

    def _parts(self, first: etree._Element, events: Iterator[etree._Element]) -> Iterator[bytes]:
        try:
            for part in itertools.chain([first], events):
                self.told(STREAM, etree.tostring(part))
                yield self.troubles.after(STREAM, envelope(part))
        finally:
            events.close()  # type: ignore[attr-defined]  # it is a generator

    def _impersonated(self, root: etree._Element, caller: Caller) -> str:
        sid = root.find(_SID, NS)
        if sid is None:
            return ""
        name = next(((e.text or "").strip() for e in sid if isinstance(e.tag, str)), "")
        if not caller.may_impersonate:
            raise Fault(
                "ErrorImpersonateUserDenied",
                "The account does not have permission to impersonate the requested user.",
            )
        if self.organisation.mailbox(name) is None:
            raise Fault(
                "ErrorNonExistentMailbox", f"The SMTP address {name} has no mailbox associated with it."
            )
        return name
