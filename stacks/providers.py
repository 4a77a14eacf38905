"""The explicit provider instances: one for Okta, one for Entra, one for each AWS account.

No default provider is used anywhere, so nothing is created with whatever credentials happen to be around.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager

import pulumi
import pulumi_aws as aws
import pulumi_azuread as azuread
import pulumi_okta as okta

from billing_identity.stacks.names import partition
from billing_identity.stacks.regions import has_fips
from billing_identity.stacks.settings import Place, Settings


class Providers:
    """Makes each provider when it is first asked for, so that a layer has only those it uses."""

    def __init__(self, settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
        self._settings = settings
        self._readers = settings.readers if reading(environment) else None
        self._okta: okta.Provider | None = None
        self._entra: azuread.Provider | None = None
        self._aws: dict[tuple[str, str], aws.Provider] = {}
        self._parent: pulumi.Resource | None = None

    @property
    def okta(self) -> okta.Provider:
        """The Okta organisation. Raises LookupError when the settings name none."""
        if self._okta is None:
            settings = self._settings.okta
            if settings is None:
                raise LookupError("the settings name no Okta organisation")
            readers = self._readers
            self._okta = okta.Provider(
                "okta",
                org_name=settings.org_name,
                base_url=settings.base_url,
                client_id=(readers and readers.okta_client_id) or settings.client_id,
                private_key_id=(readers and readers.okta_private_key_id) or settings.private_key_id,
                scopes=[scope.replace(".manage", ".read") for scope in OKTA_SCOPES]
                if readers
                else list(OKTA_SCOPES),
                backoff=True,
                max_retries=5,
                request_timeout=60,
                max_api_capacity=50,
            )
        return self._okta

    @property
    def entra(self) -> azuread.Provider:
        """The Entra tenant. Raises LookupError when the settings name none."""
        if self._entra is None:
            settings = self._settings.entra
            if settings is None:
                raise LookupError("the settings name no Entra tenant")
            self._entra = azuread.Provider(
                "entra",
                tenant_id=settings.tenant_id,
                client_id=(self._readers and self._readers.entra_client_id) or settings.client_id,
                use_oidc=True,
                use_cli=False,
                use_msi=False,
            )
        return self._entra

    def aws(self, purpose: Place, role: str | None = None) -> aws.Provider:
        """The AWS account of a purpose, through `role` (the settings' deployment role by default)."""
        settings = self._settings.aws
        name = f"aws-{purpose}" if role is None else f"aws-{purpose}-{role}"
        return self._account(name, settings.places[purpose], role or settings.deploy_role)

    def aws_management(self) -> aws.Provider:
        """The organisation's management account, where service control policies are made."""
        settings = self._settings.aws
        return self._account("aws-management", settings.management_account, settings.deploy_role)

    def aws_copies(self) -> aws.Provider:
        """The account that takes copies of backups: the settings' own for it, or the data account."""
        return self.aws("copies" if "copies" in self._settings.aws.places else "data")

    def _account(self, name: str, account: str, wanted: str) -> aws.Provider:
        settings = self._settings.aws
        assumed = self._readers.aws_role if self._readers else wanted
        if (account, wanted) not in self._aws:
            self._aws[(account, wanted)] = aws.Provider(
                name,
                region=settings.region,
                use_fips_endpoint=True if has_fips(settings.region) else None,
                allowed_account_ids=[account],
                assume_roles=[
                    aws.ProviderAssumeRoleArgs(
                        role_arn=f"arn:{partition(settings.region)}:iam::{account}:role/{assumed}",
                        session_name="billing-identity",
                    )
                ],
                default_tags=aws.ProviderDefaultTagsArgs(
                    tags={
                        "ManagedBy": "billing-identity",
                        "Environment": self._settings.environment,
                        "CostCenter": self._settings.cost_center,
                    }
                ),
            )
        return self._aws[(account, wanted)]

    @contextmanager
    def inside(self, parent: pulumi.Resource) -> Generator[None]:
        """Within the block, the options that this object gives put components under `parent`."""
        self._parent = parent
        try:
            yield
        finally:
            self._parent = None

    def with_okta(self, protect: bool | None = None) -> pulumi.ResourceOptions:
        """Options that bind a component to Okta."""
        return self._options(self.okta, protect)

    def with_entra(self, protect: bool | None = None) -> pulumi.ResourceOptions:
        """Options that bind a component to Entra."""
        return self._options(self.entra, protect)

    def with_aws(
        self, purpose: Place, role: str | None = None, protect: bool | None = None
    ) -> pulumi.ResourceOptions:
        """Options that bind a component to the AWS account of a purpose."""
        return self._options(self.aws(purpose, role), protect, moves=purpose in ("keys", "data", "copies"))

    def with_aws_management(self) -> pulumi.ResourceOptions:
        """Options that bind a component to the organisation's management account."""
        return self._options(self.aws_management(), None)

    def with_aws_copies(self) -> pulumi.ResourceOptions:
        """Options that bind a component to the account that takes copies of backups."""
        return self._options(self.aws_copies(), None, moves=True)

    def _options(
        self, provider: pulumi.ProviderResource, protect: bool | None, moves: bool = False
    ) -> pulumi.ResourceOptions:
        """`moves` is for what `pulumi state move` takes to another shard's stack: there it hangs on the root
        until the next deployment, which knows it by this alias."""
        aliases = [pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)] if moves and self._parent else None
        return pulumi.ResourceOptions(
            providers=[provider], protect=protect, parent=self._parent, aliases=aliases
        )


def reading(environment: Mapping[str, str]) -> bool:
    """Whether the process plans or looks for drift: `BILLING_IDENTITY_IDENTITY` is `read`.

    Unset or `deploy` is the deploying identity. Raises ValueError for any other word.
    """
    word = environment.get("BILLING_IDENTITY_IDENTITY", "deploy")
    if word not in ("read", "deploy"):
        raise ValueError(f"BILLING_IDENTITY_IDENTITY is {word!r}: write read or deploy")
    return word == "read"


OKTA_SCOPES = (
    "okta.accessRequests.condition.manage",
    "okta.appGrants.manage",
    "okta.apps.manage",
    "okta.authorizationServers.manage",
    "okta.authenticators.manage",
    "okta.behaviors.manage",
    "okta.brands.read",
    "okta.clients.manage",
    "okta.deviceAssurance.manage",
    "okta.governance.accessCertifications.manage",
    "okta.groups.manage",
    "okta.networkZones.manage",
    "okta.policies.manage",
    "okta.profileMappings.manage",
    "okta.roles.manage",
    "okta.schemas.manage",
    "okta.templates.manage",
    "okta.threatInsights.manage",
    "okta.logStreams.manage",
)
"""What the deployment's service app is granted: the least that the declared resources need."""
