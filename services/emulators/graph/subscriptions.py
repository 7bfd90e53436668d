"""Change notifications (contract 1.10, 1.11, 2.6): handshake, delivery, encrypted content, the end."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import padding as symmetric
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from services.emulators.graph.asked import Asked, Caller, Refused, Reply, told
from services.emulators.graph.rights import check_subscription
from services.emulators.graph.tenant import Change, Tenant

Post = Callable[[str, str, bytes], Awaitable[tuple[int, str]]]
"""Posts to an address: address, content type, body; gives status and text. Raises OSError."""

_OAEP: Final = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)
_SHORTEST_S: Final = 45 * 60.0
_PRESENCE: Final = re.compile(
    r"/?communications/presences(?:/(?P<one>[\w-]+)|\?\$filter=id in \((?P<many>.*)\))"
)
_EVENTS: Final = re.compile(r"/?(?:users/(?P<user>[^/]+)|me)/events/?", re.IGNORECASE)
_CHANGES: Final = {"presence": {"updated"}, "events": {"created", "updated", "deleted"}}
_LONGEST_TEXT: Final = 128
_LONGEST_S: Final = {"presence": 60 * 60.0, "events": 10_080 * 60.0}


class Subscription(msgspec.Struct, kw_only=True):
    """A subscription; `users` are whom it is about, `changes` which changes it wants."""

    id: str
    kind: str
    users: frozenset[str]
    changes: tuple[str, ...]
    caller: Caller
    resource: str
    notification_url: str
    lifecycle_url: str
    client_state: str
    expires: float
    certificate: str = ""
    certificate_id: str = ""

    def told(self) -> dict[str, Any]:
        """Return it as Graph tells it."""
        return {
            "id": self.id,
            "resource": self.resource,
            "applicationId": self.caller.app,
            "changeType": ",".join(self.changes),
            "clientState": None,
            "notificationUrl": self.notification_url,
            "lifecycleNotificationUrl": self.lifecycle_url or None,
            "expirationDateTime": written(self.expires),
            "creatorId": self.caller.user or self.caller.app,
            "includeResourceData": bool(self.certificate),
            "encryptionCertificateId": self.certificate_id or None,
        }


class Subscriptions:
    """All there are. `prove` signs the words that come with encrypted content for an app."""

    def __init__(self, tenant: Tenant, post: Post, prove: Callable[[str], str]) -> None:
        self._tenant = tenant
        self._clock = tenant.clock
        self._post = post
        self._prove = prove
        self.all: dict[str, Subscription] = {}

    async def answer(self, asked: Asked, caller: Caller) -> Reply:
        """Answer a request below ``/subscriptions``. Raises `Refused`."""
        self._drop_ended()
        match asked.method, asked.parts[1:]:
            case "GET", []:
                mine = [one.told() for one in self.all.values() if one.caller.app == caller.app]
                return told({"value": mine})
            case "POST", []:
                return await self._create(asked, caller)
            case "GET", [key]:
                return told(self._find(key, caller).told())
            case "PATCH", [key]:
                one = self._find(key, caller)
                one.expires = self._expiry(asked.body(), one.kind)
                return told(one.told())
            case "POST", [key, "reauthorize"]:
                self._find(key, caller)
                return Reply(status=204)
            case "DELETE", [key]:
                self._find(key, caller)
                del self.all[key]
                return Reply(status=204)
        raise Refused(405, "Request_BadRequest", "Specified HTTP method is not allowed.")

    async def tell(self, change: Change, data: dict[str, Any]) -> None:
        """Tell everybody who has subscribed to it of a change; `data` is what has changed as it is now."""
        self._drop_ended()
        kind = "events" if change.event else "presence"
        for one in [s for s in self.all.values() if s.kind == kind and change.user in s.users]:
            if change.kind in one.changes:
                await self._deliver(one, change, data)

    async def end(self, key: str) -> None:
        """Let a subscription end early, and say so where that is wanted."""
        one = self.all.pop(key)
        await self.lifecycle(one, "subscriptionRemoved")

    async def lifecycle(self, one: Subscription, event: str) -> None:
        """Send a lifecycle notification."""
        if one.lifecycle_url:
            item = {
                "subscriptionId": one.id,
                "subscriptionExpirationDateTime": written(one.expires),
                "tenantId": self._tenant.id,
                "clientState": one.client_state,
                "lifecycleEvent": event,
            }
            await self._send(one.lifecycle_url, {"value": [item]})

    # ------------------------------------------------------------- parts

    def _find(self, key: str, caller: Caller) -> Subscription:
        if key not in self.all or self.all[key].caller.app != caller.app:
            raise Refused(404, "ResourceNotFound", "The object was not found.")
        return self.all[key]

    def _drop_ended(self) -> None:
        now = self._clock()
        self.all = {key: one for key, one in self.all.items() if one.expires > now}

    def _expiry(self, body: dict[str, Any], kind: str) -> float:
        now = self._clock()
        try:
            at = datetime.fromisoformat(str(body["expirationDateTime"]))
        except (KeyError, ValueError) as error:
            raise Refused(400, "InvalidRequest", "expirationDateTime is needed.") from error
        until = (at.replace(tzinfo=UTC) if at.tzinfo is None else at).timestamp()
        if until - now > _LONGEST_S[kind] + 60:
            raise Refused(400, "InvalidRequest", "Subscription expiration can only be so far in the future.")
        return max(until, now + _SHORTEST_S)

    async def _create(self, asked: Asked, caller: Caller) -> Reply:
        body = asked.body()
        kind, users = self._about(str(body.get("resource") or ""), caller)
        check_subscription(kind, caller)
        if kind == "presence":
            self._require_first(caller)
        is_sealed = body.get("includeResourceData") is True
        if is_sealed and kind == "events":
            raise Refused(400, "InvalidRequest", "Resource data of events needs $select in the resource.")
        for name in ("clientState", "encryptionCertificateId"):
            if len(str(body.get(name) or "")) > _LONGEST_TEXT:
                raise Refused(400, "InvalidRequest", f"{name} is longer than {_LONGEST_TEXT}.")
        made = Subscription(
            id=str(uuid.uuid4()),
            kind=kind,
            users=users,
            changes=_changes(body, kind),
            caller=caller,
            resource=str(body["resource"]),
            notification_url=str(body.get("notificationUrl") or ""),
            lifecycle_url=str(body.get("lifecycleNotificationUrl") or ""),
            client_state=str(body.get("clientState") or ""),
            expires=self._expiry(body, kind),
            certificate=_certificate(body) if is_sealed else "",
            certificate_id=str(body.get("encryptionCertificateId") or ""),
        )
        for address in filter(None, (made.notification_url, made.lifecycle_url)):
            await self._shake_hands(address)
        if kind == "presence":
            self._require_first(caller)  # another may have been made meanwhile
        self.all[made.id] = made
        return told(made.told(), 201)

    def _require_first(self, caller: Caller) -> None:
        whose = (caller.app, caller.user)
        if any(s.kind == "presence" and (s.caller.app, s.caller.user) == whose for s in self.all.values()):
            text = "A subscripton already exists. It must be deleted before a another can be made"
            raise Refused(409, "Conflict", text)

    def _about(self, resource: str, caller: Caller) -> tuple[str, frozenset[str]]:
        if match := _PRESENCE.fullmatch(resource):
            one, many = match["one"], match["many"]
            users = frozenset([one] if one else re.findall(r"'([^']*)'", many))
            if not 1 <= len(users) <= 650:
                raise Refused(400, "InvalidRequest", "1 to 650 users.")
            return "presence", users
        if match := _EVENTS.fullmatch(resource):
            user = self._tenant.find(match["user"] or caller.user)
            if user is None:
                raise Refused(404, "ResourceNotFound", f"{resource} was not found.")
            if caller.user and caller.user != user.id:
                raise Refused(403, "ErrorAccessDenied", "Access is denied.")
            return "events", frozenset({user.id})
        raise Refused(400, "InvalidRequest", f"{resource} cannot be subscribed to.")

    async def _shake_hands(self, address: str) -> None:
        token = f"Validation: {uuid.uuid4()} & more"
        parted = f"{address}{'&' if '?' in address else '?'}validationToken={_quoted(token)}"
        if not address.startswith("https://"):
            raise Refused(400, "InvalidRequest", "The notification URL must be https.")
        try:
            status, text = await self._post(parted, "text/plain; charset=utf-8", b"")
        except OSError as error:
            raise Refused(400, "ValidationError", f"{address} cannot be reached.") from error
        if status != 200 or text != token:
            raise Refused(400, "ValidationError", "Subscription validation request failed.")

    async def _deliver(self, one: Subscription, change: Change, data: dict[str, Any]) -> None:
        is_presence = one.kind == "presence"
        kind = "#microsoft.graph.presence" if is_presence else "#Microsoft.Graph.Event"
        user = change.user
        where = f"communications/presences/{user}" if is_presence else f"Users/{user}/Events/{change.event}"
        whose = f"users/{user}/presence" if is_presence else where
        about = {"@odata.type": kind, "@odata.id": whose, "id": data["id"]}
        if not is_presence:
            about["@odata.etag"] = f'W/"{uuid.uuid4().hex}"'
        item: dict[str, Any] = {
            "subscriptionId": one.id,
            "clientState": one.client_state,
            "changeType": change.kind,
            "tenantId": self._tenant.id,
            "resource": where,
            "subscriptionExpirationDateTime": written(one.expires),
            "resourceData": about,
        }
        body: dict[str, Any] = {"value": [item]}
        if one.certificate:
            item["encryptedContent"] = sealed(
                {"@odata.type": kind, **data}, one.certificate, one.certificate_id
            )
            body["validationTokens"] = [self._prove(one.caller.app)]
        await self._send(one.notification_url, body)

    async def _send(self, address: str, body: dict[str, Any]) -> None:
        try:
            await self._post(address, "application/json", json.dumps(body).encode())
        except OSError:
            return  # Graph would try again for hours; a hub that polls does not need that


def sealed(resource: dict[str, Any], certificate: str, certificate_id: str) -> dict[str, str]:
    """Encrypt a resource for the certificate of a subscription (base64 of DER or PEM)."""
    whose, public = _opened(certificate)
    key = os.urandom(32)
    padder = symmetric.PKCS7(128).padder()
    plain = padder.update(json.dumps(resource).encode()) + padder.finalize()
    lock = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    data = lock.update(plain) + lock.finalize()
    return {
        "data": _b64(data),
        "dataSignature": _b64(hmac.new(key, data, hashlib.sha256).digest()),
        "dataKey": _b64(public.encrypt(key, _OAEP)),
        "encryptionCertificateId": certificate_id,
        "encryptionCertificateThumbprint": whose.fingerprint(hashes.SHA1()).hex().upper(),
    }


def _opened(certificate: str) -> tuple[x509.Certificate, rsa.RSAPublicKey]:
    """Read a certificate and its key. Raises `Refused` unless it is one with RSA of 2048 to 4096 bits."""
    try:
        raw = base64.b64decode(certificate, validate=True)
        load = x509.load_pem_x509_certificate if raw.startswith(b"-----") else x509.load_der_x509_certificate
        found = load(raw)
        public = found.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Refused(400, "InvalidRequest", "encryptionCertificate is not a certificate.") from error
    if not isinstance(public, rsa.RSAPublicKey) or not 2_048 <= public.key_size <= 4_096:
        raise Refused(400, "InvalidRequest", "The certificate must have an RSA key of 2048 to 4096 bits.")
    return found, public


def _certificate(body: dict[str, Any]) -> str:
    """Return what the content is to be sealed for. Raises `Refused`."""
    found = str(body.get("encryptionCertificate") or "")
    _opened(found)
    if not body.get("encryptionCertificateId"):
        raise Refused(400, "InvalidRequest", "encryptionCertificateId is needed.")
    return found


def _changes(body: dict[str, Any], kind: str) -> tuple[str, ...]:
    """Return which changes are wanted. Raises `Refused` for those that there are not."""
    wanted = tuple(part.strip() for part in str(body.get("changeType") or "").split(","))
    if not set(wanted) <= _CHANGES[kind]:
        raise Refused(400, "InvalidRequest", f"changeType {','.join(wanted)} is not supported here.")
    return wanted


def written(at: float) -> str:
    """Return a moment (UTC seconds) as Graph writes it."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M:%S}Z"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")
