"""Families of rules: what they all say once, and what each says of its own."""

from __future__ import annotations

from billing_identity.policies.framework.document_wants import NotPublic
from billing_identity.policies.framework.narrowing import Narrowing
from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import ResourceRule, Severity
from billing_identity.policies.framework.want import Want


def encrypted(
    *,
    title: str,
    types: tuple[str, ...],
    wants: tuple[Want, ...],
    remedy: str = "switch encryption on and name a customer managed key",
    only: Narrowing | None = None,
    blind_spot: str = "",
) -> ResourceRule:
    """A rule that storage is encrypted with a customer managed key. Arguments are those of `requirement`."""
    return requirement(
        title=title,
        severity=Severity.HIGH,
        why=(
            "Storage under Amazon's own key is open to whoever the service lets in; a key of our "
            "own is a second lock."
        ),
        remedy=remedy,
        types=types,
        wants=wants,
        only=only,
        blind_spot=blind_spot,
    )


def not_public(
    *,
    title: str,
    types: tuple[str, ...],
    wants: tuple[Want, ...] = (NotPublic(path="policy"),),
) -> ResourceRule:
    """A rule that a resource's policy lets nobody in unnamed. Arguments are those of `requirement`."""
    return requirement(
        title=title,
        severity=Severity.CRITICAL,
        why="A policy for everybody without a narrowing condition opens the resource to every AWS account.",
        remedy="name the principals, or narrow by aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn",
        types=types,
        wants=wants,
    )
