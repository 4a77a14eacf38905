"""An authorization server for one system's API (API Access Management): which program may ask for what."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

import pulumi
import pulumi_okta as okta

from billing_identity.components.errors import ComponentInputError

TOKEN_MINUTES = 15
"""Life of a program's token; Okta takes 5 to 1,440."""


class ApiClient(TypedDict):
    """One program."""

    client_id: pulumi.Input[str]
    scopes: Sequence[str]


class ApiAuthorizationArgs(TypedDict):
    """Arguments of ApiAuthorization."""

    server_name: str
    description: str
    audience: str
    clients: Mapping[str, ApiClient]
    """By what ends the resource's name. Each gets its own scopes and no other's."""


class ApiAuthorization(pulumi.ComponentResource):
    """The server, its scopes, and a policy with one rule for each program, one after the other.

    Raises ComponentInputError without a client, or for one without scopes.
    """

    issuer: pulumi.Output[str]

    def __init__(
        self, name: str, args: ApiAuthorizationArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:okta:ApiAuthorization", name, None, opts)
        if not args["clients"] or not all(client["scopes"] for client in args["clients"].values()):
            raise ComponentInputError(f"{name}: clients: at least one, each with its scopes")
        server = okta.auth.Server(
            name,
            name=args["server_name"],
            description=args["description"],
            audiences=[args["audience"]],
            issuer_mode="ORG_URL",
            credentials_rotation_mode="AUTO",
            status="ACTIVE",
            opts=pulumi.ResourceOptions(parent=self, protect=True),
        )
        before: list[pulumi.Resource] = [
            okta.auth.ServerScope(
                f"{name}-{scope.replace(':', '-')}",
                auth_server_id=server.id,
                name=scope,
                consent="IMPLICIT",
                metadata_publish="NO_CLIENTS",
                opts=pulumi.ResourceOptions(parent=self),
            )
            for scope in sorted({scope for client in args["clients"].values() for scope in client["scopes"]})
        ]
        for priority, (client_name, client) in enumerate(sorted(args["clients"].items()), 1):
            policy = okta.auth.ServerPolicy(
                f"{name}-{client_name}",
                auth_server_id=server.id,
                name=client_name,
                description=f"What {client_name} may ask for",
                client_whitelists=[client["client_id"]],
                priority=priority,
                status="ACTIVE",
                opts=pulumi.ResourceOptions(parent=self, depends_on=before),
            )
            rule = okta.auth.ServerPolicyRule(
                f"{name}-{client_name}",
                auth_server_id=server.id,
                policy_id=policy.id,
                name="own-scopes",
                priority=1,
                grant_type_whitelists=["client_credentials"],
                group_whitelists=["EVERYONE"],
                scope_whitelists=sorted(client["scopes"]),
                access_token_lifetime_minutes=TOKEN_MINUTES,
                status="ACTIVE",
                opts=pulumi.ResourceOptions(parent=self),
            )
            before = [policy, rule]
        self.issuer = server.issuer
        self.register_outputs({"issuer": server.issuer})
