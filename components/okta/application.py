"""A workforce application: SAML or OIDC, reachable only by the groups assigned to it."""

import json
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

ENTITLEMENTS = "entitlements"
"""Application attribute with the catalogue's ids of what a person may do; for rules and audits."""
APP_ROLES = "appRoles"
"""Application attribute with the same in the application's own words; sent with every sign-in."""


class GroupGrant(TypedDict):
    """One group's access to the application."""

    name: str
    """Ends the assignment's resource name, for example the role's id."""
    group_id: pulumi.Input[str]
    entitlements: Sequence[str]
    """Catalogue ids (`system/entitlement`) of what the group's members may do."""
    app_roles: Sequence[str]
    """The values that the application itself expects for them."""


class SamlSettings(TypedDict):
    """The application's side of SAML."""

    sso_url: str
    audience: str
    identity_center: NotRequired[bool]
    """True for AWS IAM Identity Center, which is in Okta's catalogue of integrations."""


class OidcSettings(TypedDict):
    """The application's side of OpenID Connect."""

    redirect_uris: Sequence[str]
    jwks_uri: str
    """Where the application publishes its public keys; there is no shared secret."""


class ApplicationArgs(TypedDict):
    """Arguments of Application: exactly one of `saml` and `oidc`."""

    label: str
    policy_id: pulumi.Input[str]
    """The sign-on policy of the application's tier."""
    grants: Sequence[GroupGrant]
    note: str
    """For administrators: owner, data class, catalogue id."""
    saml: NotRequired[SamlSettings]
    oidc: NotRequired[OidcSettings]
    clients_attribute: NotRequired[str]
    """Profile attribute with the person's assigned clients, sent along as `clients`."""


class Application(pulumi.ComponentResource):
    """The application, its attribute for entitlements, and one assignment a group.

    Nothing is self-service, nobody is assigned by person, and access not tied to an assignment (Okta's
    federation broker mode) stays off. Raises ComponentInputError unless exactly one protocol is given, or
    for a group that is granted twice.
    """

    app_id: pulumi.Output[str]

    def __init__(self, name: str, args: ApplicationArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:Application", name, None, opts)
        saml, oidc = args.get("saml"), args.get("oidc")
        if (saml is None) == (oidc is None):
            raise ComponentInputError(f"{name}: give saml or oidc, exactly one of them")
        names = [grant["name"] for grant in args["grants"]]
        if len(set(names)) != len(names):
            raise ComponentInputError(f"{name}: a group is granted twice: {sorted(names)}")
        options = pulumi.ResourceOptions(parent=self)
        app = (
            _saml(name, args, saml, options) if saml is not None else _oidc(name, args, oidc, options)  # pyright: ignore[reportArgumentType]
        )
        attributes = self._attributes(name, app.id)
        for priority, grant in enumerate(sorted(args["grants"], key=lambda grant: grant["name"])):
            okta.app.GroupAssignment(
                f"{name}-{grant['name']}",
                app_id=app.id,
                group_id=grant["group_id"],
                priority=priority,
                profile=json.dumps(
                    {APP_ROLES: sorted(grant["app_roles"]), ENTITLEMENTS: sorted(grant["entitlements"])}
                ),
                opts=pulumi.ResourceOptions(parent=self, depends_on=attributes),
            )
        self.app_id = app.id
        self.register_outputs({"appId": app.id})

    def _attributes(self, name: str, app_id: pulumi.Input[str]) -> list[pulumi.Resource]:
        """Both attributes, one after the other: Okta's schema endpoint loses concurrent writes."""
        declared: list[pulumi.Resource] = []
        for index, title in ((APP_ROLES, "Roles in the application"), (ENTITLEMENTS, "Entitlements")):
            attribute = okta.AppUserSchemaProperty(
                f"{name}-{index}",
                app_id=app_id,
                index=index,
                title=title,
                description="Set by group assignment only; the values of several groups add up",
                type="array",
                array_type="string",
                scope="NONE",
                union=True,
                permissions="READ_ONLY",
                master="OKTA",
                opts=pulumi.ResourceOptions(parent=self, depends_on=list(declared)),
            )
            declared.append(attribute)
        return declared


def _statements(args: ApplicationArgs) -> Mapping[str, str]:
    statements = {"roles": f"appuser.{APP_ROLES}"}
    if "clients_attribute" in args:
        statements["clients"] = f"user.{args['clients_attribute']}"
    return statements


def _saml(
    name: str, args: ApplicationArgs, saml: SamlSettings, options: pulumi.ResourceOptions
) -> okta.app.Saml:
    settings = json.dumps({"acsURL": saml["sso_url"], "entityID": saml["audience"]})
    catalogued = saml.get("identity_center", False)
    url = None if catalogued else saml["sso_url"]
    return okta.app.Saml(
        name,
        label=args["label"],
        preconfigured_app="amazon_aws_sso" if catalogued else None,
        app_settings_json=settings if catalogued else None,
        sso_url=url,
        recipient=url,
        destination=url,
        audience=None if catalogued else saml["audience"],
        subject_name_id_template="${user.userName}",
        subject_name_id_format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        signature_algorithm="RSA_SHA256",
        digest_algorithm="SHA256",
        response_signed=True,
        assertion_signed=True,
        honor_force_authn=True,
        authn_context_class_ref="urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport",
        authentication_policy=args["policy_id"],
        implicit_assignment=False,
        accessibility_self_service=False,
        admin_note=args["note"],
        attribute_statements=None
        if catalogued
        else [
            okta.app.SamlAttributeStatementArgs(
                type="EXPRESSION",
                name=statement,
                namespace="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified",
                values=[expression],
            )
            for statement, expression in sorted(_statements(args).items())
        ],
        status="ACTIVE",
        opts=options,
    )


def _oidc(
    name: str, args: ApplicationArgs, oidc: OidcSettings, options: pulumi.ResourceOptions
) -> okta.app.OAuth:
    return okta.app.OAuth(
        name,
        label=args["label"],
        type="web",
        grant_types=["authorization_code"],
        response_types=["code"],
        redirect_uris=list(oidc["redirect_uris"]),
        token_endpoint_auth_method="private_key_jwt",  # noqa: S106
        jwks_uri=oidc["jwks_uri"],
        omit_secret=True,
        pkce_required=True,
        wildcard_redirect="DISABLED",
        issuer_mode="DYNAMIC",
        consent_method="TRUSTED",
        login_mode="DISABLED",
        authentication_policy=args["policy_id"],
        implicit_assignment=False,
        accessibility_self_service=False,
        admin_note=args["note"],
        status="ACTIVE",
        opts=options,
    )
