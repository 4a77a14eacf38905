"""A program's identity in Okta: a service app with its own key, bound to a network, never interactive."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError


class ServiceAppArgs(TypedDict):
    """Arguments of ServiceApp."""

    label: str
    note: str
    """For administrators: owner, key id, rotation, catalogue id."""
    jwks_uri: str
    """Where the program publishes its public keys: it can rotate without us, and no secret is ever shared."""
    zones: Sequence[pulumi.Input[str]]
    """Network zones from which it may ask for a token; at least one."""
    org_url: str
    """`https://acme.okta.com`."""
    okta_scopes: Sequence[str]
    """Scopes of Okta's own API that it is granted; empty for none."""
    enabled: NotRequired[bool]
    """False: the app is inactive and gets no token. True by default."""
    standard_role: NotRequired[str]
    """One of Okta's roles, such as `REPORT_ADMIN`: a scope alone reaches nothing."""
    custom_role_id: NotRequired[pulumi.Input[str]]
    resource_set_id: NotRequired[pulumi.Input[str]]
    """Both for a role of ours instead."""


class ServiceApp(pulumi.ComponentResource):
    """Client credentials with a private-key JWT. Raises ComponentInputError without a zone, for an address of
    keys that is not https, or for `SUPER_ADMIN`."""

    client_id: pulumi.Output[str]

    def __init__(self, name: str, args: ServiceAppArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing-identity:okta:ServiceApp", name, None, opts)
        if not args["zones"]:
            raise ComponentInputError(f"{name}: zones: name the network that it calls from")
        if not args["jwks_uri"].startswith("https://"):
            raise ComponentInputError(f"{name}: jwks_uri {args['jwks_uri']!r}: an https address")
        if args.get("standard_role") == "SUPER_ADMIN":
            raise ComponentInputError(f"{name}: standard_role: a program is never super administrator")
        child = pulumi.ResourceOptions(parent=self)
        app = okta.app.OAuth(
            name,
            label=args["label"],
            type="service",
            grant_types=["client_credentials"],
            response_types=["token"],
            token_endpoint_auth_method="private_key_jwt",  # noqa: S106
            jwks_uri=args["jwks_uri"],
            omit_secret=True,
            pkce_required=False,
            implicit_assignment=False,
            hide_ios=True,
            hide_web=True,
            admin_note=args["note"],
            network=okta.app.OAuthNetworkArgs(connection="ZONE", includes=list(args["zones"])),
            status="ACTIVE" if args.get("enabled", True) else "INACTIVE",
            opts=child,
        )
        if args["okta_scopes"]:
            okta.AppOauthApiScope(
                name,
                app_id=app.id,
                issuer=args["org_url"],
                scopes=sorted(args["okta_scopes"]),
                opts=child,
            )
        if (standard := args.get("standard_role")) is not None:
            okta.app.OauthRoleAssignment(name, client_id=app.client_id, type=standard, opts=child)
        elif "custom_role_id" in args:
            okta.app.OauthRoleAssignment(
                name,
                client_id=app.client_id,
                type="CUSTOM",
                role=args["custom_role_id"],
                resource_set=args.get("resource_set_id"),
                opts=child,
            )
        self.client_id = app.client_id
        self.register_outputs({"clientId": app.client_id})
