"""Pieces of a conditional access policy: who, where to, and what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

import pulumi
import pulumi_azuread as azuread

ENABLED, REPORT_ONLY = "enabled", "enabledForReportingButNotEnforced"
GUEST_TYPES = (
    "b2bCollaborationGuest",
    "b2bCollaborationMember",
    "b2bDirectConnectUser",
    "internalGuest",
    "otherExternalUser",
    "serviceProvider",
)
"""Every kind of person from outside (Microsoft Graph, conditionalAccessGuestsOrExternalUsers)."""
REGISTRATION = "urn:user:registersecurityinfo"
DEVICE_REGISTRATION = "urn:user:registerdevice"

Users = azuread.ConditionalAccessPolicyConditionsUsersArgs
Applications = azuread.ConditionalAccessPolicyConditionsApplicationsArgs
Grant = azuread.ConditionalAccessPolicyGrantControlsArgs
Session = azuread.ConditionalAccessPolicySessionControlsArgs
Locations = azuread.ConditionalAccessPolicyConditionsLocationsArgs


class Ring(TypedDict):
    """One step of a rollout."""

    name: str
    groups: Sequence[pulumi.Input[str]]
    """Who is in it. Not read for the last ring, which is everybody."""
    enforced: bool
    """False leaves the ring's policies in report-only mode."""


@dataclass(frozen=True)
class Policy:
    """One policy before it is registered. `slug` ends the resource's name and never changes."""

    slug: str
    title: str
    users: Users
    enforced: bool
    grant: Grant | None = None
    session: Session | None = None
    applications: Applications | None = None
    """All of them when None."""
    clients: tuple[str, ...] = ("all",)
    locations: Locations | None = None
    platforms: azuread.ConditionalAccessPolicyConditionsPlatformsArgs | None = None
    workloads: azuread.ConditionalAccessPolicyConditionsClientApplicationsArgs | None = None
    flows: tuple[str, ...] = ()
    sign_in_risk: tuple[str, ...] = ()
    user_risk: tuple[str, ...] = ()

    def register(self, component: str, parent: pulumi.Resource) -> azuread.ConditionalAccessPolicy:
        """Registers it under a component. Nothing but `state` depends on the ring's progress."""
        return azuread.ConditionalAccessPolicy(
            f"{component}-{self.slug}",
            display_name=self.title,
            state=ENABLED if self.enforced else REPORT_ONLY,
            conditions=azuread.ConditionalAccessPolicyConditionsArgs(
                client_app_types=list(self.clients),
                applications=self.applications or to("All"),
                users=self.users,
                client_applications=self.workloads,
                locations=self.locations,
                platforms=self.platforms,
                authentication_flow_transfer_methods=list(self.flows) or None,
                sign_in_risk_levels=list(self.sign_in_risk) or None,
                user_risk_levels=list(self.user_risk) or None,
            ),
            grant_controls=self.grant,
            session_controls=self.session,
            opts=pulumi.ResourceOptions(parent=parent, protect=True),
        )


def everybody(break_glass: Sequence[str], *, but: Sequence[str] = (), guests: bool = True) -> Users:
    """All users without the emergency groups and the groups of `but`; without guests where they have their
    own policies.
    """
    outside = azuread.ConditionalAccessPolicyConditionsUsersExcludedGuestsOrExternalUserArgs(
        guest_or_external_user_types=list(GUEST_TYPES),
        external_tenants=[
            azuread.ConditionalAccessPolicyConditionsUsersExcludedGuestsOrExternalUserExternalTenantArgs(
                membership_kind="all"
            )
        ],
    )
    return Users(
        included_users=["All"],
        excluded_groups=sorted({*break_glass, *but}),
        excluded_guests_or_external_users=None if guests else [outside],
    )


def members(
    groups: Sequence[pulumi.Input[str]],
    break_glass: Sequence[str],
    *,
    but: Sequence[str] = (),
    roles: Sequence[str] = (),
) -> Users:
    """Members of groups and holders of directory roles (template ids), without the emergency groups."""
    return Users(
        included_groups=list(groups) or None,
        included_roles=sorted(roles) or None,
        excluded_groups=sorted({*break_glass, *but}),
    )


def outsiders(break_glass: Sequence[str]) -> Users:
    """Guests and other people from outside."""
    return Users(
        included_guests_or_external_users=[
            azuread.ConditionalAccessPolicyConditionsUsersIncludedGuestsOrExternalUserArgs(
                guest_or_external_user_types=list(GUEST_TYPES),
                external_tenants=[
                    azuread.ConditionalAccessPolicyConditionsUsersIncludedGuestsOrExternalUserExternalTenantArgs(
                        membership_kind="all"
                    )
                ],
            )
        ],
        excluded_groups=sorted(break_glass),
    )


def to(*targets: pulumi.Input[str], but: Sequence[pulumi.Input[str]] = ()) -> Applications:
    """Applications by client id, or `All`, `Office365`, `MicrosoftAdminPortals`."""
    return Applications(included_applications=list(targets), excluded_applications=list(but) or None)


def registering() -> Applications:
    """The registration of a sign-in method."""
    return Applications(included_user_actions=[REGISTRATION])


def joining() -> Applications:
    """The registration or joining of a device: no policy for applications meets it, and nothing but a factor
    can be asked there (Microsoft, "Conditional Access: user actions").
    """
    return Applications(included_user_actions=[DEVICE_REGISTRATION])


def outside(*places: pulumi.Input[str]) -> Locations:
    """Everywhere but these named locations."""
    return Locations(included_locations=["All"], excluded_locations=list(places))


def block() -> Grant:
    """No access."""
    return Grant(operator="OR", built_in_controls=["block"])


def strength(policy: pulumi.Input[str]) -> Grant:
    """An authentication strength, by its id with the path."""
    return Grant(operator="OR", authentication_strength_policy_id=policy)


def managed_device() -> Grant:
    """A compliant or a domain-joined device: both, as CISA SCuBA MS.AAD.3.7v1 reads them."""
    return Grant(operator="OR", built_in_controls=["compliantDevice", "domainJoinedDevice"])


def asked_again(hours: int, *, persistent: bool | None = None) -> Session:
    """Sign-in again after so many hours. `persistent=False` forbids a browser session that outlives the
    browser, which Entra takes only for all applications.
    """
    return Session(
        sign_in_frequency=hours,
        sign_in_frequency_period="hours",
        sign_in_frequency_authentication_type="primaryAndSecondaryAuthentication",
        sign_in_frequency_interval="timeBased",
        persistent_browser_mode="never" if persistent is False else None,
    )
