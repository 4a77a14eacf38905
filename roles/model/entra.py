"""What Microsoft Entra calls the things that the catalogue grants there, with the ids that never change.

Template ids were checked in "Microsoft Entra built-in roles" (2026-01-20); client ids and permission ids in
several independent public programs each (`docs/entra.md` has the table).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class DirectoryRole(StrEnum):
    """A built-in directory role that an entitlement may carry.

    Global Administrator and Privileged Role Administrator are left out: the sealed accounts hold the first,
    nobody of the catalogue the second, and no file can grant either.
    """

    APPLICATION_ADMINISTRATOR = "application-administrator"
    AUTHENTICATION_ADMINISTRATOR = "authentication-administrator"
    CLOUD_APPLICATION_ADMINISTRATOR = "cloud-application-administrator"
    CONDITIONAL_ACCESS_ADMINISTRATOR = "conditional-access-administrator"
    EXCHANGE_ADMINISTRATOR = "exchange-administrator"
    GLOBAL_READER = "global-reader"
    GROUPS_ADMINISTRATOR = "groups-administrator"
    HELPDESK_ADMINISTRATOR = "helpdesk-administrator"
    INTUNE_ADMINISTRATOR = "intune-administrator"
    REPORTS_READER = "reports-reader"
    SECURITY_ADMINISTRATOR = "security-administrator"
    SECURITY_OPERATOR = "security-operator"
    SECURITY_READER = "security-reader"
    SHAREPOINT_ADMINISTRATOR = "sharepoint-administrator"
    USER_ADMINISTRATOR = "user-administrator"

    @property
    def template_id(self) -> str:
        """The role's template id, the same in every tenant."""
        return _TEMPLATES[self]

    @property
    def reads_only(self) -> bool:
        """Whether the role can change nothing."""
        return self in (
            DirectoryRole.GLOBAL_READER,
            DirectoryRole.REPORTS_READER,
            DirectoryRole.SECURITY_READER,
        )


_TEMPLATES: Mapping[DirectoryRole, str] = {
    DirectoryRole.APPLICATION_ADMINISTRATOR: "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
    DirectoryRole.AUTHENTICATION_ADMINISTRATOR: "c4e39bd9-1100-46d3-8c65-fb160da0071f",
    DirectoryRole.CLOUD_APPLICATION_ADMINISTRATOR: "158c047a-c907-4556-b7ef-446551a6b5f7",
    DirectoryRole.CONDITIONAL_ACCESS_ADMINISTRATOR: "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9",
    DirectoryRole.EXCHANGE_ADMINISTRATOR: "29232cdf-9323-42fd-ade2-1d097af3e4de",
    DirectoryRole.GLOBAL_READER: "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
    DirectoryRole.GROUPS_ADMINISTRATOR: "fdd7a751-b60b-444a-984c-02652fe8fa1c",
    DirectoryRole.HELPDESK_ADMINISTRATOR: "729827e3-9c14-49f7-bb1b-9608f156bbb8",
    DirectoryRole.INTUNE_ADMINISTRATOR: "3a2c62db-5318-420d-8d74-23affee5d9d5",
    DirectoryRole.REPORTS_READER: "4a5d8f65-41da-4de4-8968-e035b65339cf",
    DirectoryRole.SECURITY_ADMINISTRATOR: "194ae4cb-b126-40b2-bd5b-6091b380977d",
    DirectoryRole.SECURITY_OPERATOR: "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
    DirectoryRole.SECURITY_READER: "5d6b6bb7-de71-4623-b4af-96380a352509",
    DirectoryRole.SHAREPOINT_ADMINISTRATOR: "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",
    DirectoryRole.USER_ADMINISTRATOR: "fe930be7-5e62-47db-91af-98c3a49a38b1",
}


class FirstParty(StrEnum):
    """A service of Microsoft's own that a system with `federation: built-in` is."""

    EXCHANGE_ONLINE = "exchange-online"
    SHAREPOINT_ONLINE = "sharepoint-online"
    AZURE_VIRTUAL_DESKTOP = "azure-virtual-desktop"
    POWER_BI = "power-bi"
    ADMIN_CENTERS = "admin-centers"
    """The admin centres of Entra, Microsoft 365, Azure and Intune together."""

    @property
    def target(self) -> str:
        """What a conditional access policy names.

        Mail and files are one target: Teams and the rest of Microsoft 365 reach both by other names.
        """
        return _TARGETS[self]

    @property
    def principal(self) -> str | None:
        """Client id of the service principal that may be taken over; None where there is none to take."""
        return _PRINCIPALS.get(self)


OFFICE_365 = "Office365"
_TARGETS: Mapping[FirstParty, str] = {
    FirstParty.EXCHANGE_ONLINE: OFFICE_365,
    FirstParty.SHAREPOINT_ONLINE: OFFICE_365,
    FirstParty.AZURE_VIRTUAL_DESKTOP: "9cdead84-a844-4324-93f2-b2e6bb768d07",
    FirstParty.POWER_BI: "00000009-0000-0000-c000-000000000000",
    FirstParty.ADMIN_CENTERS: "MicrosoftAdminPortals",
}
_PRINCIPALS: Mapping[FirstParty, str] = {
    FirstParty.EXCHANGE_ONLINE: "00000002-0000-0ff1-ce00-000000000000",
    FirstParty.SHAREPOINT_ONLINE: "00000003-0000-0ff1-ce00-000000000000",
}

GRAPH = "00000003-0000-0000-c000-000000000000"
"""Client id of Microsoft Graph."""

GRAPH_PERMISSIONS: Mapping[str, str] = {
    "AuditLog.Read.All": "b0afded3-3588-46d8-8b3d-9842eff778da",
    "IdentityRiskEvent.Read.All": "6e472fd1-ad78-48da-a0f0-97ab2c6b769e",
    "IdentityRiskyUser.Read.All": "dc5007c0-2d7d-4c42-879c-2dab87571379",
    "Policy.Read.ConditionalAccess": "37730810-e9ba-4e46-b07e-8ca78d182097",
    "Policy.Read.All": "246dd0d5-5bd0-4def-940b-0421030a5b68",
    "RoleManagement.Read.Directory": "483bed4a-2ad3-4361-a73b-c83ccdbdc53c",
    "Directory.Read.All": "7ab1d382-f21e-4acd-a863-ba3e13f7da61",
}
"""Application permissions of Microsoft Graph that a program may be given here: they read, all of them."""
