"""A program's identity: the platform that it runs on vouches for it, and there is no password."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NotRequired, TypedDict

import pulumi
import pulumi_azuread as azuread

from billing_identity.components.errors import ComponentInputError


class Permission(TypedDict):
    """One application permission."""

    name: str
    """Ends the assignment's resource name, for example `auditlog-read-all`."""
    role_id: str
    resource_id: pulumi.Input[str]
    """Object id of the service principal that the permission is of."""


class WorkloadIdentityArgs(TypedDict):
    """Arguments of WorkloadIdentity."""

    display_name: str
    description: str
    issuer: str
    """Who signs the program's tokens; https, as in the token's `iss`."""
    subject: str
    """The token's `sub`. With the issuer it is one program's alone."""
    audience: str
    api_permissions: Mapping[str, Sequence[str]]
    """(client id of an API, ids of its permissions), shown in the registration as what is asked for."""
    permissions: Sequence[Permission]
    """What is granted, an administrator's consent included."""
    enabled: NotRequired[bool]
    """False: the service principal is disabled and gets no token. True by default."""


class WorkloadIdentity(pulumi.ComponentResource):
    """Registration, service principal, federated credential, granted permissions; nobody signs in to it.

    Raises ComponentInputError for a trust in whoever comes: an issuer without https, an empty subject or
    audience, a wildcard in either.
    """

    client_id: pulumi.Output[str]
    object_id: pulumi.Output[str]
    """Object id of the service principal."""

    def __init__(
        self, name: str, args: WorkloadIdentityArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("billing-identity:entra:WorkloadIdentity", name, None, opts)
        if faults := [*_faults(args)]:
            raise ComponentInputError("\n".join(f"{name}: {fault}" for fault in faults))
        child = pulumi.ResourceOptions(parent=self)
        application = azuread.Application(
            name,
            display_name=args["display_name"],
            description=args["description"],
            sign_in_audience="AzureADMyOrg",
            prevent_duplicate_names=True,
            device_only_auth_enabled=False,
            fallback_public_client_enabled=False,
            required_resource_accesses=[
                azuread.ApplicationRequiredResourceAccessArgs(
                    resource_app_id=api,
                    resource_accesses=[
                        azuread.ApplicationRequiredResourceAccessResourceAccessArgs(
                            id=permission, type="Role"
                        )
                        for permission in sorted(permissions)
                    ],
                )
                for api, permissions in sorted(args["api_permissions"].items())
            ]
            or None,
            opts=child,
        )
        principal = azuread.ServicePrincipal(
            name,
            client_id=application.client_id,
            account_enabled=args.get("enabled", True),
            app_role_assignment_required=True,
            opts=child,
        )
        azuread.ApplicationFederatedIdentityCredential(
            name,
            application_id=application.id,
            display_name=name,
            description=args["description"],
            issuer=args["issuer"],
            subject=args["subject"],
            audiences=[args["audience"]],
            opts=child,
        )
        for permission in sorted(args["permissions"], key=lambda permission: permission["name"]):
            azuread.AppRoleAssignment(
                f"{name}-{permission['name']}",
                app_role_id=permission["role_id"],
                principal_object_id=principal.object_id,
                resource_object_id=permission["resource_id"],
                opts=child,
            )
        self.client_id = application.client_id
        self.object_id = principal.object_id
        self.register_outputs({"clientId": application.client_id, "objectId": principal.object_id})


def _faults(args: WorkloadIdentityArgs) -> Iterator[str]:
    if not args["issuer"].startswith("https://"):
        yield f"issuer {args['issuer']!r}: an https address, as in the token's `iss`"
    for field in ("subject", "audience"):
        if not args[field].strip() or "*" in args[field]:
            yield f"{field} {args[field]!r}: the whole value of one program's token; no wildcard"
