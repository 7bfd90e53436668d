"""Envelopes, and what is refused in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # its types are a package of their own

M: Final = "http://schemas.microsoft.com/exchange/services/2006/messages"
T: Final = "http://schemas.microsoft.com/exchange/services/2006/types"
SOAP: Final = "http://schemas.xmlsoap.org/soap/envelope/"
ERRORS: Final = "http://schemas.microsoft.com/exchange/services/2006/errors"
NS: Final = {"m": M, "t": T, "s": SOAP}

_VERSION: Final = (
    f'<h:ServerVersionInfo xmlns:h="{T}" MajorVersion="15" MinorVersion="2" MajorBuildNumber="2562"'
    ' MinorBuildNumber="17" Version="V2017_07_11"/>'
)


class Fault(Exception):
    """The whole request is refused, with a SOAP fault.

    `values` go into MessageXml; `status` is that of HTTP.
    """

    def __init__(
        self, code: str, text: str = "", *, status: int = 500, values: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(code)
        self.code = code
        self.text = text or code
        self.status = status
        self.values = dict(values or {})


class Refused(Exception):
    """One mailbox, folder or item is refused: the others of the request are not."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.text = text or code


def element(prefix: str, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    """Return a new element of the messages (``m``) or the types (``t``)."""
    made = etree.Element(f"{{{NS[prefix]}}}{name}", attributes, nsmap={"m": M, "t": T})
    made.text = text
    return made


def with_children(parent: etree._Element, *children: etree._Element) -> etree._Element:
    """Return the parent with these in it."""
    parent.extend(children)
    return parent


def parsed(content: bytes) -> etree._Element:
    """Return the envelope of a request. Raises Fault for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Fault("ErrorInvalidRequest", "not XML", status=400) from error
    if root.getroottree().docinfo.doctype or root.tag != f"{{{SOAP}}}Envelope":
        raise Fault("ErrorInvalidRequest", "not an envelope", status=400)
    return root


def asked_in(envelope: etree._Element) -> etree._Element:
    """Return what an envelope asks. Raises Fault."""
    body = envelope.find("s:Body", NS)
    found = None if body is None else next((e for e in body if isinstance(e.tag, str)), None)
    if found is None:
        raise Fault("ErrorInvalidRequest", "an empty body", status=400)
    return found


def text_of(parent: etree._Element, path: str) -> str:
    """Return the text at a path, empty where there is nothing."""
    found = parent.find(path, NS)
    return (found.text or "").strip() if found is not None else ""


def message(name: str, *children: etree._Element, error: Refused | None = None) -> etree._Element:
    """Return one response message: a success with what was asked for, or why not."""
    kind = "Success" if error is None else "Error"
    made = element("m", f"{name}ResponseMessage", ResponseClass=kind)
    if error is not None:
        made.append(element("m", "MessageText", error.text))
        made.append(element("m", "ResponseCode", error.code))
        made.append(element("m", "DescriptiveLinkKey", "0"))
    else:
        made.append(element("m", "ResponseCode", "NoError"))
    return with_children(made, *children)


def outcome(refused: Refused | None) -> etree._Element:
    """Return how it went, as free and busy times and automatic replies tell it."""
    made = element("m", "ResponseMessage", ResponseClass="Success" if refused is None else "Error")
    if refused is not None:
        made.append(element("m", "MessageText", refused.text))
    made.append(element("m", "ResponseCode", "NoError" if refused is None else refused.code))
    if refused is not None:
        made.append(element("m", "DescriptiveLinkKey", "0"))
    return made


def response(name: str, *messages: etree._Element) -> etree._Element:
    """Return the response with these messages."""
    return with_children(
        element("m", f"{name}Response"), with_children(element("m", "ResponseMessages"), *messages)
    )


def envelope(body: etree._Element) -> bytes:
    """Return the bytes of an answer."""
    inner = etree.tostring(body, encoding="unicode")
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header>{_VERSION}</s:Header>'
        f"<s:Body>{inner}</s:Body></s:Envelope>"
    ).encode()


def fault(refusal: Fault) -> bytes:
    """Return the bytes of a refusal of the whole."""
    root = etree.Element(f"{{{SOAP}}}Fault", nsmap={"s": SOAP, "a": T, "e": ERRORS, "t": T})
    code = etree.SubElement(root, "faultcode")
    code.text = f"a:{refusal.code}"
    text = etree.SubElement(root, "faultstring")
    text.text = refusal.text
    detail = etree.SubElement(root, "detail")
    etree.SubElement(detail, f"{{{ERRORS}}}ResponseCode").text = refusal.code
    etree.SubElement(detail, f"{{{ERRORS}}}Message").text = refusal.text
    if refusal.values:
        more = etree.SubElement(detail, f"{{{T}}}MessageXml")
        for name, value in refusal.values.items():
            etree.SubElement(more, f"{{{T}}}Value", Name=name).text = value
    return envelope(root)
