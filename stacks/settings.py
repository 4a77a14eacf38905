"""What differs from company to company and from environment to environment, beside the catalogue.

One file an environment: `stacks/config/settings.<environment>.yaml`. It holds identifiers of things that
exist before the program (tenant, organisation, accounts, break-glass groups), never a secret: providers
take their credentials from the environment of the process (OIDC, private key).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.environments import production_by_name
from billing_identity.roles.model.base import Country, Slug, Strict, Text, Url
from billing_identity.roles.partial import certain
from billing_identity.roles.problems import Location, Problem
from billing_identity.roles.validation import examine
from billing_identity.roles.yaml_tree import Steps, Tree, read_tree
from billing_identity.stacks.adopted_kinds import adopted_fault
from billing_identity.stacks.aws_faults import Fault, aws_faults
from billing_identity.stacks.environments_apart import shared_targets
from billing_identity.stacks.mailboxes import public_service
from billing_identity.stacks.monitoring_settings import (
    AlertingSettings,
    NetworkSettings,
    SiemSettings,
    WorkforceSettings,
)
from billing_identity.stacks.one_purpose import shared_objects
from billing_identity.stacks.store_settings import BackupSettings, ExchangeSettings

AccountId = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
Region = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-gov)?-[a-z]+-[0-9]$")]
ObjectId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
OktaGroupId = Annotated[str, StringConstraints(pattern=r"^00g[A-Za-z0-9]{17}$")]
OktaPolicyId = Annotated[str, StringConstraints(pattern=r"^(00p|rst)[A-Za-z0-9]{17}$")]
OktaBrandId = Annotated[str, StringConstraints(pattern=r"^bnd[A-Za-z0-9]{17}$")]
ApprovalSequenceId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{24}$")]
IamName = Annotated[str, StringConstraints(pattern=r"^[\w+=,.@-]{1,64}$")]

Purpose = Literal["keys", "logs", "data", "workforce"]
Place = Literal["keys", "logs", "data", "workforce", "copies"]
"""An account by what it is for; `copies` only where copies of backups have an account of their own."""
"""Which of the company's AWS accounts: keys apart from data, logs apart from both."""

LAYERS = ("keys", "logging", "data", "identity", "detection", "workforce", "containment")
"""Layers in the order in which they are deployed (`../docs`: each needs only those before it)."""


class Capabilities(Strict):
    """Which licences the company has. What is not licensed is not declared and becomes a stated gap."""

    okta_identity_governance: bool = True
    okta_adaptive_mfa: bool = True
    okta_device_trust: bool = True
    okta_api_access_management: bool = True
    entra_p1: bool = True
    entra_p2: bool = True
    entra_governance: bool = True
    entra_workload_identities: bool = False
    aws_organization: bool = True


class OktaSettings(Strict):
    """The Okta organisation."""

    org_name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,60}$")]
    """Subdomain: `example` of `example.okta.com`."""
    base_url: Literal["okta.com", "oktapreview.com", "okta-emea.com", "okta-gov.com"]
    client_id: Annotated[str, StringConstraints(pattern=r"^0oa[A-Za-z0-9]{17}$")]
    """OAuth service app that deploys; its private key comes from the process environment."""
    private_key_id: Annotated[str, StringConstraints(min_length=4, max_length=80)]
    break_glass_group: OktaGroupId
    """Group of the sealed accounts. It predates the program."""
    administrators_group: OktaGroupId
    """Group of the organisation's administrators. It predates the program."""
    everyone_group: OktaGroupId
    """Okta's own group Everyone."""
    admin_console_app: Annotated[str, StringConstraints(pattern=r"^0oa[A-Za-z0-9]{17}$")]
    """First-party app `saasure`."""
    dashboard_app: Annotated[str, StringConstraints(pattern=r"^0oa[A-Za-z0-9]{17}$")]
    """First-party app `okta_enduser`."""
    default_session_policy: OktaPolicyId | None = None
    """Okta's own global session policy (`Default Policy`); None leaves its rules alone, a stated gap."""
    account_management_policy: OktaPolicyId | None = None
    """Okta's own account management policy; None leaves registration of factors alone, a stated gap."""
    brand: OktaBrandId | None = None
    """Brand whose security e-mails are kept on; None leaves them alone, a stated gap."""
    approval_sequences: dict[Slug, ApprovalSequenceId] = Field(default={})
    """Approval sequence of each requested role, by role id; built in the console, since no API makes one."""
    passkey_limits: bool = False
    """Whether feature "Passkeys Rebrand" is on: synced passkeys are refused, keys attested; else a gap."""
    scim_connected: tuple[Slug, ...] = ()
    """Systems whose provisioning connection has been made by hand; only these get their switches declared."""
    deployer: Slug | None = None
    """Service account of the catalogue that `client_id` is: it predates the program and is not declared."""

    @property
    def url(self) -> str:
        """Address of the organisation."""
        return f"https://{self.org_name}.{self.base_url}"


class EntraSettings(Strict):
    """The Entra tenant."""

    tenant_id: ObjectId
    client_id: ObjectId
    """Application that deploys, by workload identity federation."""
    break_glass_group: ObjectId
    """Object id of the role-assignable, cloud-only group of sealed accounts. It predates the program."""
    administrators_group: ObjectId
    """Object id of the cloud-only administrators' group, outside the federation."""
    federated_domain: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+\.[a-z]{2,}$")]
    """Verified domain of the workforce's user names."""
    deployer: Slug | None = None
    """Service account of the catalogue that `client_id` is: it predates the program and is not declared."""
    terms_of_use: ObjectId | None = None
    """Agreement that people accept before they sign in. It predates the program: no resource makes one."""
    security_mailbox: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[a-z0-9.-]+$")] | None = None
    """Shared mailbox that is told of every eligibility, assignment and activation; never a person's. One at a
    public service (gmail.com) is refused; that nobody owns one at the company is for reviewers to see."""


class SingleAccount(Strict):
    """The declared decision of a small company to keep everything in one account."""

    reason: Text
    approver: Slug
    approved: date
    review: date
    """Day by which it is weighed again."""


class IdentityCenterSettings(Strict):
    """The instance of IAM Identity Center; no resource enables it or connects its identity provider."""

    acs_url: Url
    """Assertion consumer service URL, as the console shows it."""
    issuer: Url
    """Issuer URL, as the console shows it."""


class AwsSettings(Strict):
    """The AWS organisation."""

    organization_id: Annotated[str, StringConstraints(pattern=r"^o-[a-z0-9]{10,32}$")]
    management_account: AccountId
    accounts: dict[Purpose, AccountId]
    """Account of each purpose; all four must be named."""
    single_account: SingleAccount | None = None
    """Set when several purposes share an account."""
    region: Region
    replica_region: Region
    allowed_countries: tuple[Country, ...] = ("US",)
    deploy_role: IamName = "billing-identity-deploy"
    """Role that the deployment assumes in every account except for keys."""
    key_administrator_role: IamName = "kms-administrator"
    """Manages keys day by day; can't use or destroy them."""
    key_custodian_role: IamName = "kms-custodian"
    """Deploys the `keys` layer; alone may change a key's policy or destroy it; approved and time-limited."""
    identity_center: IdentityCenterSettings | None = None
    """None when nobody signs in to AWS through the identity provider."""
    alerting: AlertingSettings = AlertingSettings()
    networks: tuple[NetworkSettings, ...] = ()
    siem: SiemSettings | None = None
    """None when no outside SIEM fetches logs."""
    exchange: ExchangeSettings | None = None
    """None while no partner comes to an SFTP server of ours and nobody uploads; a stated gap."""
    backup: BackupSettings = BackupSettings()
    workforce: WorkforceSettings | None = None
    """None while nobody reaches AWS through IAM Identity Center."""
    organization_trail: bool = True
    """Whether the trail covers the whole organisation; false makes it the log account's own."""

    @property
    def places(self) -> dict[Place, str]:
        """Every account that the program works in, the management account apart."""
        places: dict[Place, str] = {**self.accounts}
        if self.backup.account is not None:
            places["copies"] = self.backup.account
        return places

    @property
    def home_region(self) -> str:
        """Region of IAM Identity Center."""
        return (self.workforce.home_region if self.workforce is not None else None) or self.region


class ReaderSettings(Strict):
    """The identities that plan and look for drift: they read, and can change nothing.

    Used instead of the deploying ones when the process says `BILLING_IDENTITY_IDENTITY=read`.
    """

    aws_role: IamName = "billing-identity-read"
    """Role that is assumed in every account."""
    okta_client_id: Annotated[str, StringConstraints(pattern=r"^0oa[A-Za-z0-9]{17}$")] | None = None
    """OAuth service app with the `.read` scopes alone; its private key comes from the process environment."""
    okta_private_key_id: Annotated[str, StringConstraints(min_length=4, max_length=80)] | None = None
    entra_client_id: ObjectId | None = None
    """Application with read permissions alone, by workload identity federation."""


class Settings(Strict):
    """Everything of one environment."""

    environment: Slug
    production: bool | None = None
    """Whether locks are final; left out where the environment's name says it (`roles/environments.py`)."""
    capabilities: Capabilities = Capabilities()
    okta: OktaSettings | None = None
    """None when the company has no Okta."""
    entra: EntraSettings | None = None
    """None when the company has no Entra."""
    aws: AwsSettings
    readers: ReaderSettings = ReaderSettings()
    cost_center: Annotated[str, StringConstraints(pattern=r"^[\w .:/=+@-]{1,64}$")] = "compliance"
    adopted: dict[Annotated[str, StringConstraints(pattern=r"^[a-z-]+:\S+$")], str] = Field(default={})
    """Live ids of what exists already, by catalogue id (`role:payment-poster`); each becomes an import. The
    kinds are in `adoption.py`; `billing-identity import` writes the map."""

    @property
    def is_production(self) -> bool:
        """Whether locks are final here. False where nobody says it, which is a fault of the settings: a lock
        that was not meant could not be taken back."""
        said = production_by_name(self.environment) if self.production is None else self.production
        return bool(said)


def settings_file(environment: str) -> str:
    """Path of an environment's settings below the project's root."""
    return f"stacks/config/settings.{environment}.yaml"


@dataclass(frozen=True)
class ReadSettings:
    """What an environment's file says. `sound` is None when there are problems."""

    sound: Settings | None
    problems: tuple[Problem, ...]
    well_formed: Settings | None
    """Also where values that are well formed by themselves contradict each other."""
    known: Settings
    """What the file says all the same, see `roles.partial`."""


def read_settings(root: Path, environment: str) -> ReadSettings:
    """Reads and checks the settings of an environment; never raises for what the file holds."""
    name = settings_file(environment)
    tree = read_tree(root / name, name)
    examined = examine(Settings, tree, "settings", {"environment": environment})
    problems = (*examined.problems, *_faults(examined.known, tree, (root / name).parent))
    sound = None if problems else examined.value
    return ReadSettings(sound, problems, examined.value, examined.known)


def load_settings(root: Path, environment: str) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings of an environment, if they are sound, and what is wrong with them."""
    read = read_settings(root, environment)
    return read.sound, read.problems


def settings_places(root: Path, environment: str) -> Callable[[Steps], Location]:
    """Gives the place of a path in an environment's file."""
    name = settings_file(environment)
    return read_tree(root / name, name).locate


def _faults(settings: Settings, tree: Tree, folder: Path) -> Iterator[Problem]:
    """What contradicts each other, of which each by itself is well formed."""
    inside = (_production, _adopted, aws_faults, _shared, _providers, _mailboxes)
    for found in (*(find(settings) for find in inside), shared_targets(folder, tree)):
        for path, message, remedy in certain(found):
            yield Problem.at(
                tree.locate(path), code="settings", message=message, remedy=remedy, subject="settings"
            )


def _production(settings: Settings) -> Iterator[Fault]:
    by_name, name = production_by_name(settings.environment), settings.environment
    if by_name is None and settings.production is None:
        yield (
            ("environment",),
            f"`{name}` does not say whether it is production, where locks are final",
            "add `production: true` or `production: false`",
        )
    if by_name and settings.production is False:
        yield ("production",), f"`{name}` is production by its name", "remove it, or rename the environment"


def _adopted(settings: Settings) -> Iterator[Fault]:
    for key, live in settings.adopted.items():
        if fault := adopted_fault(key, live):
            yield ("adopted", key), *fault
    for live, times in Counter(settings.adopted.values()).items():
        if times > 1:
            yield ("adopted",), f"`{live}` is adopted twice", "one live object belongs to one catalogue id"


def _shared(settings: Settings) -> Iterator[Fault]:
    yield from shared_objects(settings.okta, settings.entra, settings.adopted)


def _mailboxes(settings: Settings) -> Iterator[Fault]:
    mailbox = settings.entra.security_mailbox if settings.entra is not None else None
    if mailbox is not None and (domain := public_service(mailbox)):
        yield (
            ("entra", "security_mailbox"),
            f"`{mailbox}`: anybody may have a mailbox at {domain}",
            "name the company's shared mailbox, never a person's",
        )


def _providers(settings: Settings) -> Iterator[Fault]:
    if settings.okta is None and settings.entra is None:
        yield (), "neither `okta` nor `entra` is set", "set the identity provider that the company uses"
