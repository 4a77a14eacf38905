"""The conditional access baseline: what every sign-in to the tenant must pass, by persona."""

from collections.abc import Sequence
from typing import TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.errors import ComponentInputError

ENABLED, REPORT_ONLY = "enabled", "enabledForReportingButNotEnforced"

HIGHLY_PRIVILEGED_ROLES = (
    "62e90394-69f5-4237-9190-012177145e10",  # Global Administrator
    "e8611ab8-c189-46e8-94e1-60213ab1f814",  # Privileged Role Administrator
    "fe930be7-5e62-47db-91af-98c3a49a38b1",  # User Administrator
    "f28a1f50-f6e7-4571-818b-6a12f2af6b6c",  # SharePoint Administrator
    "29232cdf-9323-42fd-ade2-1d097af3e4de",  # Exchange Administrator
    "8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2",  # Hybrid Identity Administrator
    "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",  # Application Administrator
    "158c047a-c907-4556-b7ef-446551a6b5f7",  # Cloud Application Administrator
)
"""Template ids of the eight roles of SCuBA MS.AAD.3.6 (Microsoft Entra built-in roles reference)."""


class ConditionalAccessArgs(TypedDict):
    """Arguments of ConditionalAccess. Ids of groups are object ids; of strengths, prefixed policy ids."""

    break_glass_groups: Sequence[str]
    """Declared emergency groups: excluded from every policy, and nobody else is."""
    administrator_groups: Sequence[str]
    """Cloud-only administrators, outside the federation: they prove themselves natively."""
    contained_groups: Sequence[pulumi.Input[str]]
    """Groups that may not sign in at all."""
    workforce_strength: pulumi.Input[str]
    native_strength: pulumi.Input[str]
    bootstrap_strength: pulumi.Input[str]
    """For administrators who register their first key."""
    allowed_countries: Sequence[str]
    """ISO 3166 codes; sign-ins from elsewhere are blocked."""
    enforced: bool
    """False leaves every policy in report-only mode, for the first ring of a rollout."""
    risk_policies: bool
    """Whether sign-in and user risk block (Entra ID P2)."""
    session_hours: int
    """Hours after which the sign-in is asked for again."""
    administrator_session_hours: int
    managed_device: bool
    """Whether the workforce needs a compliant or domain-joined device."""


class ConditionalAccess(pulumi.ComponentResource):
    """Policies CA001 to CA401. Each names what it blocks or asks for; the emergency groups are out of all.

    Raises ComponentInputError without an emergency group or without allowed countries.
    """

    def __init__(
        self, name: str, args: ConditionalAccessArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:ConditionalAccess", name, None, opts)
        if not args["break_glass_groups"]:
            raise ComponentInputError(f"{name}: break_glass_groups: name the declared emergency group")
        if not args["allowed_countries"]:
            raise ComponentInputError(f"{name}: allowed_countries: at least one")
        self._name = name
        self._args = args
        self._everyone()
        self._contained()
        self._locations()
        self._workforce()
        self._administrators()
        self._registration()
        if args["risk_policies"]:
            self._risk()
        self.register_outputs({})

    def _policy(
        self,
        slug: str,
        title: str,
        users: azuread.ConditionalAccessPolicyConditionsUsersArgs,
        grant: azuread.ConditionalAccessPolicyGrantControlsArgs,
        *,
        clients: Sequence[str] = ("all",),
        applications: azuread.ConditionalAccessPolicyConditionsApplicationsArgs | None = None,
        locations: azuread.ConditionalAccessPolicyConditionsLocationsArgs | None = None,
        flows: Sequence[str] | None = None,
        sign_in_risk: Sequence[str] | None = None,
        user_risk: Sequence[str] | None = None,
        session: azuread.ConditionalAccessPolicySessionControlsArgs | None = None,
    ) -> azuread.ConditionalAccessPolicy:
        return azuread.ConditionalAccessPolicy(
            f"{self._name}-{slug}",
            display_name=title,
            state=ENABLED if self._args["enforced"] else REPORT_ONLY,
            conditions=azuread.ConditionalAccessPolicyConditionsArgs(
                client_app_types=list(clients),
                applications=applications or _all_applications(),
                users=users,
                locations=locations,
                authentication_flow_transfer_methods=list(flows) if flows else None,
                sign_in_risk_levels=list(sign_in_risk) if sign_in_risk else None,
                user_risk_levels=list(user_risk) if user_risk else None,
            ),
            grant_controls=grant,
            session_controls=session,
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )

    def _all_users(self, *, but: Sequence[str] = ()) -> azuread.ConditionalAccessPolicyConditionsUsersArgs:
        return azuread.ConditionalAccessPolicyConditionsUsersArgs(
            included_users=["All"], excluded_groups=sorted({*self._args["break_glass_groups"], *but})
        )

    def _groups(
        self, groups: Sequence[pulumi.Input[str]], roles: Sequence[str] = ()
    ) -> azuread.ConditionalAccessPolicyConditionsUsersArgs:
        return azuread.ConditionalAccessPolicyConditionsUsersArgs(
            included_groups=list(groups),
            included_roles=sorted(roles) or None,
            excluded_groups=sorted(self._args["break_glass_groups"]),
        )

    def _everyone(self) -> None:
        self._policy(
            "legacy",
            "CA001 - everyone - block legacy authentication",
            self._all_users(),
            _block(),
            clients=("exchangeActiveSync", "other"),
        )
        self._policy(
            "device-code",
            "CA002 - everyone - block device code flow",
            self._all_users(),
            _block(),
            flows=("deviceCodeFlow",),
        )
        self._policy(
            "transfer",
            "CA003 - everyone - block authentication transfer",
            self._all_users(),
            _block(),
            flows=("authenticationTransfer",),
        )

    def _contained(self) -> None:
        if self._args["contained_groups"]:
            self._policy(
                "contained",
                "CA010 - contained by an incident - block",
                self._groups(self._args["contained_groups"]),
                _block(),
            )

    def _locations(self) -> None:
        allowed = azuread.NamedLocation(
            f"{self._name}-allowed-countries",
            display_name="Allowed countries",
            country=azuread.NamedLocationCountryArgs(
                countries_and_regions=sorted(self._args["allowed_countries"]),
                country_lookup_method="clientIpAddress",
                include_unknown_countries_and_regions=False,
            ),
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        self._policy(
            "countries",
            "CA020 - everyone - block outside the allowed countries",
            self._all_users(),
            _block(),
            locations=azuread.ConditionalAccessPolicyConditionsLocationsArgs(
                included_locations=["All"], excluded_locations=[allowed.object_id]
            ),
        )

    def _workforce(self) -> None:
        administrators = list(self._args["administrator_groups"])
        self._policy(
            "workforce",
            "CA200 - workforce - strong authentication and short sessions",
            self._all_users(but=administrators),
            _strength(self._args["workforce_strength"]),
            session=_session(self._args["session_hours"]),
        )
        if self._args["managed_device"]:
            self._policy(
                "device",
                "CA210 - workforce - managed device",
                self._all_users(but=administrators),
                azuread.ConditionalAccessPolicyGrantControlsArgs(
                    operator="OR", built_in_controls=["compliantDevice", "domainJoinedDevice"]
                ),
            )

    def _administrators(self) -> None:
        self._policy(
            "administrators",
            "CA100 - administrators - phishing-resistant, native",
            self._groups(self._args["administrator_groups"], HIGHLY_PRIVILEGED_ROLES),
            _strength(self._args["native_strength"]),
            session=_session(self._args["administrator_session_hours"]),
        )

    def _registration(self) -> None:
        self._policy(
            "registration",
            "CA300 - workforce - protected registration of sign-in methods",
            self._all_users(but=list(self._args["administrator_groups"])),
            _strength(self._args["workforce_strength"]),
            applications=_registration_action(),
        )
        self._policy(
            "administrator-registration",
            "CA110 - administrators - protected registration of sign-in methods",
            self._groups(self._args["administrator_groups"]),
            _strength(self._args["bootstrap_strength"]),
            applications=_registration_action(),
        )

    def _risk(self) -> None:
        self._policy(
            "sign-in-risk",
            "CA400 - everyone - block sign-ins of high risk",
            self._all_users(),
            _block(),
            sign_in_risk=("high",),
        )
        self._policy(
            "user-risk",
            "CA401 - everyone - block users of high risk",
            self._all_users(),
            _block(),
            user_risk=("high",),
        )


def _all_applications() -> azuread.ConditionalAccessPolicyConditionsApplicationsArgs:
    return azuread.ConditionalAccessPolicyConditionsApplicationsArgs(included_applications=["All"])


def _registration_action() -> azuread.ConditionalAccessPolicyConditionsApplicationsArgs:
    return azuread.ConditionalAccessPolicyConditionsApplicationsArgs(
        included_user_actions=["urn:user:registersecurityinfo"]
    )


def _block() -> azuread.ConditionalAccessPolicyGrantControlsArgs:
    return azuread.ConditionalAccessPolicyGrantControlsArgs(operator="OR", built_in_controls=["block"])


def _strength(policy: pulumi.Input[str]) -> azuread.ConditionalAccessPolicyGrantControlsArgs:
    return azuread.ConditionalAccessPolicyGrantControlsArgs(
        operator="OR", authentication_strength_policy_id=policy
    )


def _session(hours: int) -> azuread.ConditionalAccessPolicySessionControlsArgs:
    return azuread.ConditionalAccessPolicySessionControlsArgs(
        sign_in_frequency=hours,
        sign_in_frequency_period="hours",
        sign_in_frequency_authentication_type="primaryAndSecondaryAuthentication",
        sign_in_frequency_interval="timeBased",
        persistent_browser_mode="never",
    )
