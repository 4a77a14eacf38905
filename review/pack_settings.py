"""The policy pack's configuration for our own program, from the settings of an environment."""

from __future__ import annotations

from datetime import date

from billing_identity.components.aws.arns import partition
from billing_identity.policies.evaluate import PackConfig, PackSettings
from billing_identity.policies.framework.settings import (
    SETTINGS_POLICY,
    AdministratorGroups,
    BreakGlassGroups,
)
from billing_identity.roles.environments import PREPRODUCTION
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.stacks.bind.aws.accounts import organization_id
from billing_identity.stacks.bind.aws.detection import event_regions
from billing_identity.stacks.regions import allowed_regions
from billing_identity.stacks.settings import Settings

CATALOGUE = "../../../roles/catalogue"
"""The catalogue as the pack in `policies/packs/hipaa` finds it."""
REGION_RULES = ("aws-provider-region-allowed", "aws-resource-region-allowed")


def pack_settings(settings: Settings, as_of: date | None = None, catalogue: str = "none") -> PackSettings:
    """Environment, declared groups and accounts; `catalogue` is a folder as the pack would look for it."""
    okta, entra = settings.okta, settings.entra
    return PackSettings(
        catalogue=catalogue,
        environment=settings.environment,
        preproduction=preproduction(settings),
        as_of=as_of,
        break_glass_groups=BreakGlassGroups(
            okta=(okta.break_glass_group,) if okta else (), entra=(entra.break_glass_group,) if entra else ()
        ),
        administrator_groups=AdministratorGroups(
            okta=(okta.administrators_group,) if okta else (),
            entra=(entra.administrators_group,) if entra else (),
        ),
        trusted_accounts=trusted_accounts(settings),
    )


def preproduction(settings: Settings) -> tuple[str, ...]:
    """The names of environments before production, so that the pack and the program mean the same by them."""
    others = tuple(name for name in PREPRODUCTION if name != settings.environment)
    if settings.is_production:
        return others
    return PREPRODUCTION if settings.environment in PREPRODUCTION else (*others, settings.environment)


def trusted_accounts(settings: Settings) -> tuple[str, ...]:
    """Our own accounts and organisation, and the one in which another company reads our log feed."""
    aws = settings.aws
    organisation = organization_id(settings)
    others = [aws.siem.account] if aws.siem is not None else []
    named = {aws.management_account, *aws.places.values(), *others}
    return (*sorted(named), *([organisation] if organisation is not None else []))


def pack_parameters(settings: Settings) -> dict[str, dict[str, list[str]]]:
    """Parameters by rule id. Both rules on Regions take the list that the settings are checked against, and
    the Region to which IAM and Organizations send their events, wherever the stores are."""
    aws = settings.aws
    allowed = allowed_regions(aws.allowed_countries, partition(aws.region))
    regions = sorted({*allowed, *event_regions(aws)})
    return {rule: {"regions": regions} for rule in REGION_RULES}


def pack_config(settings: Settings, catalogue: Catalogue | None, as_of: date) -> PackConfig:
    """The same with the catalogue already loaded, for judging in process as on that day."""
    return PackConfig(
        settings=pack_settings(settings, as_of),
        catalogue=catalogue,
        parameters=pack_parameters(settings),
        today=as_of,
    )


def pack_config_file(settings: Settings) -> dict[str, object]:
    """Content of the file for `--policy-pack-config`."""
    wire = pack_settings(settings, catalogue=CATALOGUE).model_dump(
        mode="json", by_alias=True, exclude_defaults=True
    )
    return {SETTINGS_POLICY: wire, **pack_parameters(settings)}
