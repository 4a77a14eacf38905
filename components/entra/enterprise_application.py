"""An enterprise application: registration, app roles, service principal, and who holds which role."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.errors import ComponentInputError


class AppRole(TypedDict):
    """One permission of the application."""

    id: str
    """UUID, chosen by the caller and stable."""
    value: str
    """What the application receives in the `roles` claim."""
    display_name: str
    description: str
    programs: NotRequired[bool]
    """Whether programs may hold it as well as people."""


class RoleAssignment(TypedDict):
    """One group that holds one role."""

    name: str
    """Ends the assignment's resource name, for example `payment-poster-read`."""
    role_id: str
    group_object_id: pulumi.Input[str]


class EnterpriseApplicationArgs(TypedDict):
    """Arguments of EnterpriseApplication."""

    display_name: str
    description: str
    roles: Sequence[AppRole]
    assignments: Sequence[RoleAssignment]
    mode: str
    """`saml` or `oidc`."""
    redirect_uris: Sequence[str]
    """SAML reply address, or OIDC redirect addresses."""
    sign_in_url: NotRequired[str]
    identifier_uris: NotRequired[Sequence[str]]
    """SAML entity ids below a verified domain of the tenant, or `api://` ones."""
    foreign_identifier_uris: NotRequired[Sequence[str]]
    """SAML entity ids below somebody else's domain; see the class."""
    claims_policy: NotRequired[pulumi.Input[str]]
    """Id of a claims mapping policy."""
    signing_name: NotRequired[str]
    """SAML: subject of the certificate that signs assertions, for example `CN=Statement portal`."""


class EnterpriseApplication(pulumi.ComponentResource):
    """Only assigned groups get in, each with a named role; no password, no implicit grant, one tenant.

    Entra refuses an identifier below a domain that the tenant hasn't verified, except for an application
    whose service principal signs in by SAML (Microsoft, "Restrictions on identifier URIs"; azuread #797,
    #1392): such identifiers are added after the service principal, by resources of their own.

    Raises ComponentInputError for another mode, or for an assignment of a role that is not declared.
    """

    client_id: pulumi.Output[str]
    object_id: pulumi.Output[str]
    """Object id of the service principal."""

    def __init__(
        self, name: str, args: EnterpriseApplicationArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:EnterpriseApplication", name, None, opts)
        declared = {role["id"] for role in args["roles"]}
        if args["mode"] not in ("saml", "oidc"):
            raise ComponentInputError(f"{name}: mode {args['mode']!r}: saml or oidc")
        for assignment in args["assignments"]:
            if assignment["role_id"] not in declared:
                raise ComponentInputError(
                    f"{name}: assignment {assignment['name']} names a role that is not declared"
                )
        foreign = sorted(args.get("foreign_identifier_uris", ()))
        if foreign and args["mode"] != "saml":
            raise ComponentInputError(f"{name}: foreign_identifier_uris: for saml only")
        child = pulumi.ResourceOptions(parent=self)
        claims = args.get("claims_policy")
        application = azuread.Application(
            name,
            display_name=args["display_name"],
            description=args["description"],
            sign_in_audience="AzureADMyOrg",
            prevent_duplicate_names=True,
            device_only_auth_enabled=False,
            fallback_public_client_enabled=False,
            identifier_uris=list(args.get("identifier_uris", ())) or None,
            app_roles=[
                azuread.ApplicationAppRoleArgs(
                    id=role["id"],
                    value=role["value"],
                    display_name=role["display_name"],
                    description=role["description"],
                    allowed_member_types=["Application", "User"] if role.get("programs") else ["User"],
                    enabled=True,
                )
                for role in sorted(args["roles"], key=lambda role: role["id"])
            ],
            api=azuread.ApplicationApiArgs(mapped_claims_enabled=True, requested_access_token_version=2)
            if claims
            else None,
            web=azuread.ApplicationWebArgs(
                redirect_uris=sorted(args["redirect_uris"]),
                implicit_grant=azuread.ApplicationWebImplicitGrantArgs(
                    access_token_issuance_enabled=False, id_token_issuance_enabled=False
                ),
            ),
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["identifierUris"] if foreign else None),
        )
        principal = azuread.ServicePrincipal(
            name,
            client_id=application.client_id,
            account_enabled=True,
            app_role_assignment_required=True,
            preferred_single_sign_on_mode=args["mode"],
            login_url=args.get("sign_in_url"),
            feature_tags=[
                azuread.ServicePrincipalFeatureTagArgs(
                    enterprise=True, custom_single_sign_on=args["mode"] == "saml"
                )
            ],
            opts=child,
        )
        after = pulumi.ResourceOptions(parent=self, depends_on=[principal])
        for number, identifier in enumerate(foreign):
            azuread.ApplicationIdentifierUri(
                f"{name}-identifier-{number}",
                application_id=application.id,
                identifier_uri=identifier,
                opts=after,
            )
        if (signing := args.get("signing_name")) is not None:
            azuread.ServicePrincipalTokenSigningCertificate(
                name, service_principal_id=principal.id, display_name=signing, opts=child
            )
        if claims is not None:
            azuread.ServicePrincipalClaimsMappingPolicyAssignment(
                name, service_principal_id=principal.id, claims_mapping_policy_id=claims, opts=child
            )
        for assignment in sorted(args["assignments"], key=lambda assignment: assignment["name"]):
            azuread.AppRoleAssignment(
                f"{name}-{assignment['name']}",
                app_role_id=assignment["role_id"],
                principal_object_id=assignment["group_object_id"],
                resource_object_id=principal.object_id,
                opts=child,
            )
        self.client_id = application.client_id
        self.object_id = principal.object_id
        self.register_outputs({"clientId": application.client_id, "objectId": principal.object_id})
