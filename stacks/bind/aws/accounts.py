"""Accounts: the organisation, the deploying roles, and which layer looks after an account as a whole."""

from __future__ import annotations

from billing_identity.components.errors import ComponentInputError
from billing_identity.stacks.names import role_arn
from billing_identity.stacks.settings import Place, Purpose, Settings

_FIRST: tuple[tuple[str, Place], ...] = (
    *(("keys", "keys"), ("logging", "logs"), ("data", "data"), ("data", "copies")),
    ("detection", "workforce"),
)
"""AWS layers in their order, with the accounts that each is the first to work in."""


def organization_id(settings: Settings) -> str | None:
    """Id of the AWS organisation, or None for a company that has none."""
    return settings.aws.organization_id if settings.capabilities.aws_organization else None


def deployers(settings: Settings, purpose: Purpose) -> list[str]:
    """ARNs of the roles that may change the protection of an account's stores."""
    return [role_arn(settings.aws, purpose, settings.aws.deploy_role)]


def guards(settings: Settings, layer: str, place: Place) -> bool:
    """Whether a layer sets the guards of an account: the first layer that works in it does, once."""
    places = settings.aws.places
    if place not in places:
        return False
    return next(first for first in _FIRST if places.get(first[1]) == places[place]) == (layer, place)


def trail_owner(settings: Settings) -> str:
    """Account in the ARN of the trail: an organisation's trail belongs to the management account,
    whoever made it."""
    return settings.aws.management_account if organization_trail(settings) else settings.aws.accounts["logs"]


def organization_trail(settings: Settings) -> bool:
    """Whether the audit trail covers the organisation."""
    return settings.aws.organization_trail and organization_id(settings) is not None


def check_trail(settings: Settings) -> None:
    """Raises ComponentInputError when a company of several accounts has no trail over all of them.

    A trail of the log account alone sees nothing of the accounts that hold keys and data.
    """
    if not organization_trail(settings) and len(set(settings.aws.accounts.values())) > 1:
        raise ComponentInputError(
            "organization_trail: without it the accounts of keys and data leave no audit trail; "
            "set `organization_trail: true` with `aws_organization: true`, or use a single account"
        )


def lock_mode(settings: Settings) -> str:
    """Object lock of the log archive: final in production, removable elsewhere, so that a test can be torn
    down."""
    return "COMPLIANCE" if settings.is_production else "GOVERNANCE"
