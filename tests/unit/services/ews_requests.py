"""Requests as exchangelib writes them, one for each operation, for whoever spoils them."""

from __future__ import annotations

import base64
from typing import Final

from services.emulators.exchange.soap import NS, SOAP

AUTHORIZATION: Final = "Basic " + base64.b64encode(b"svc:pw").decode()
_CALENDAR = '<t:DistinguishedFolderId Id="calendar"/>'
_FIELDS = (
    "<t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>"
    '<t:FieldURI FieldURI="item:Subject"/><t:FieldURI FieldURI="calendar:Start"/></t:AdditionalProperties>'
)
_ZONE = (
    "<t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time>"
    "<t:DayOrder>1</t:DayOrder><t:Month>1</t:Month><t:DayOfWeek>Monday</t:DayOfWeek></t:StandardTime>"
    "<t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>1</t:DayOrder>"
    "<t:Month>1</t:Month><t:DayOfWeek>Monday</t:DayOfWeek></t:DaylightTime></t:TimeZone>"
)
_EVENTS = "<t:EventTypes><t:EventType>CreatedEvent</t:EventType></t:EventTypes>"


def requests_for(address: str, item: str, subscription: str, state: str) -> dict[str, str]:
    """Return the content of a body for each operation, about what is there."""
    return {
        "GetServerTimeZones": '<m:GetServerTimeZones ReturnFullTimeZoneData="true">'
        "<m:Ids><t:Id>UTC</t:Id></m:Ids></m:GetServerTimeZones>",
        "GetUserAvailability": f"<m:GetUserAvailabilityRequest>{_ZONE}<m:MailboxDataArray><t:MailboxData>"
        f"<t:Email><t:Address>{address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType>"
        "<t:ExcludeConflicts>false</t:ExcludeConflicts></t:MailboxData></m:MailboxDataArray>"
        "<t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-11-23T08:00:00</t:StartTime>"
        "<t:EndTime>2026-11-23T18:00:00</t:EndTime></t:TimeWindow>"
        "<t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes>"
        "<t:RequestedView>DetailedMerged</t:RequestedView></t:FreeBusyViewOptions>"
        "</m:GetUserAvailabilityRequest>",
        "GetUserOofSettings": f"<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>{address}</t:Address>"
        "</t:Mailbox></m:GetUserOofSettingsRequest>",
        "SetUserOofSettings": f"<m:SetUserOofSettingsRequest><t:Mailbox><t:Address>{address}</t:Address>"
        "</t:Mailbox><t:UserOofSettings><t:OofState>Scheduled</t:OofState><t:ExternalAudience>All"
        "</t:ExternalAudience><t:Duration><t:StartTime>2026-11-23T08:00:00</t:StartTime>"
        "<t:EndTime>2026-11-24T08:00:00</t:EndTime></t:Duration></t:UserOofSettings>"
        "</m:SetUserOofSettingsRequest>",
        "GetDelegate": '<m:GetDelegate IncludePermissions="true"><m:Mailbox><t:EmailAddress>'
        f"{address}</t:EmailAddress></m:Mailbox></m:GetDelegate>",
        "GetFolder": "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape>"
        f"<m:FolderIds>{_CALENDAR}</m:FolderIds></m:GetFolder>",
        "FindItem": f'<m:FindItem Traversal="Shallow"><m:ItemShape>{_FIELDS}</m:ItemShape>'
        '<m:CalendarView MaxEntriesReturned="10" StartDate="2026-11-23T00:00:00Z" '
        f'EndDate="2026-11-24T00:00:00Z"/><m:ParentFolderIds>{_CALENDAR}</m:ParentFolderIds></m:FindItem>',
        "GetItem": f"<m:GetItem><m:ItemShape>{_FIELDS}</m:ItemShape>"
        f'<m:ItemIds><t:ItemId Id="{item}"/></m:ItemIds></m:GetItem>',
        "SyncFolderItems": f"<m:SyncFolderItems><m:ItemShape>{_FIELDS}</m:ItemShape>"
        f"<m:SyncFolderId>{_CALENDAR}</m:SyncFolderId><m:SyncState>{state}</m:SyncState>"
        "<m:MaxChangesReturned>10</m:MaxChangesReturned></m:SyncFolderItems>",
        "Subscribe": "<m:Subscribe><m:PullSubscriptionRequest><t:FolderIds>"
        f"{_CALENDAR}</t:FolderIds>{_EVENTS}<t:Timeout>10</t:Timeout></m:PullSubscriptionRequest>"
        "</m:Subscribe>",
        "SubscribeToStream": "<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>"
        f"{_CALENDAR}</t:FolderIds>{_EVENTS}</m:StreamingSubscriptionRequest></m:Subscribe>",
        "GetEvents": f"<m:GetEvents><m:SubscriptionId>{subscription}</m:SubscriptionId>"
        "<m:Watermark>AAAA</m:Watermark></m:GetEvents>",
        "GetStreamingEvents": "<m:GetStreamingEvents><m:SubscriptionIds>"
        f"<t:SubscriptionId>{subscription}</t:SubscriptionId></m:SubscriptionIds>"
        "<m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>",
        "Unsubscribe": f"<m:Unsubscribe><m:SubscriptionId>{subscription}</m:SubscriptionId></m:Unsubscribe>",
        "ResolveNames": '<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>anna'
        "</m:UnresolvedEntry></m:ResolveNames>",
        "ConvertId": '<m:ConvertId DestinationFormat="EwsId"><m:SourceIds><t:AlternateId Format="EwsId" '
        f'Id="AAA=" Mailbox="{address}"/></m:SourceIds></m:ConvertId>',
    }


def enveloped(content: str, impersonated: str = "") -> bytes:
    """Return the bytes of a request."""
    sid = (
        f"<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>{impersonated}"
        "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"
    )
    return (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:m="{NS["m"]}" xmlns:t="{NS["t"]}"><s:Header>'
        f'<t:RequestServerVersion Version="Exchange2016"/>{sid if impersonated else ""}</s:Header>'
        f"<s:Body>{content}</s:Body></s:Envelope>"
    ).encode()
