"""A workforce application: SAML or OIDC, reachable only by the groups assigned to it."""

import json
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

ENTITLEMENTS = "entitlements"
"""Application attribute that carries what a person may do; values of several groups add up."""


class GroupGrant(TypedDict):
    """One group's access to the application."""

    name: str
    """Ends the assignment's resource name, for example the role's id."""
    group_id: pulumi.Input[str]
    entitlements: Sequence[str]
    """What the group's members may do in the application."""


class SamlSettings(TypedDict):
    """The application's side of SAML."""

    sso_url: str
    audience: str
    preconfigured_app: NotRequired[str]
    """Name in Okta's catalogue of integrations, for one that is there."""


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
        attribute = okta.AppUserSchemaProperty(
            name,
            app_id=app.id,
            index=ENTITLEMENTS,
            title="Entitlements",
            description="What the person may do here; set by group assignment only",
            type="array",
            array_type="string",
            scope="NONE",
            union=True,
            permissions="READ_ONLY",
            master="OKTA",
            opts=options,
        )
        for priority, grant in enumerate(sorted(args["grants"], key=lambda grant: grant["name"])):
            okta.app.GroupAssignment(
                f"{name}-{grant['name']}",
                app_id=app.id,
                group_id=grant["group_id"],
                priority=priority,
                profile=json.dumps({ENTITLEMENTS: sorted(grant["entitlements"])}, sort_keys=True),
                opts=pulumi.ResourceOptions(parent=self, depends_on=[attribute]),
            )
        self.app_id = app.id
        self.register_outputs({"appId": app.id})


def _statements(args: ApplicationArgs) -> Mapping[str, str]:
    statements = {ENTITLEMENTS: f"appuser.{ENTITLEMENTS}"}
    if "clients_attribute" in args:
        statements["clients"] = f"user.{args['clients_attribute']}"
    return statements


def _saml(
    name: str, args: ApplicationArgs, saml: SamlSettings, options: pulumi.ResourceOptions
) -> okta.app.Saml:
    return okta.app.Saml(
        name,
        label=args["label"],
        preconfigured_app=saml.get("preconfigured_app"),
        sso_url=saml["sso_url"],
        recipient=saml["sso_url"],
        destination=saml["sso_url"],
        audience=saml["audience"],
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
        attribute_statements=[
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
