"""Steps of every incident: no malware, no old key, no changed record stays, and the file is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from billing_identity.review.runbooks.clocks import uses_in
from billing_identity.review.runbooks.steps import GRAPH, Step
from billing_identity.roles.model.break_glass_use import BreakGlassUse
from billing_identity.roles.model.catalogue import Catalogue
from billing_identity.roles.model.incident import Incident
from billing_identity.roles.model.moment import utc
from billing_identity.stacks.bind.aws.keys import trail_arns
from billing_identity.stacks.bind.aws.stores import Names, store_groups
from billing_identity.stacks.names import role_arn
from billing_identity.stacks.settings import Settings


def closing_steps(catalogue: Catalogue, settings: Settings, incident: Incident) -> Iterator[Step]:
    """The steps, each with its phase."""
    names = Names(catalogue.organisation.short_name, settings)
    occurred = _stamp(incident.occurred)
    yield Step(
        "eradicate",
        "Search the endpoints of everybody in scope for malware; reimage what is not clean",
        (),
        "scan reports by device",
    )
    yield Step(
        "eradicate",
        "Rotate every key and credential that the account, device or vendor held; fill in `rotated`",
        (),
        "the pull request that changes `rotated` of the service accounts",
    )
    yield Step(
        "recover",
        "Validate integrity: compare digests of the trail and record counts of claims and remittances",
        (f"aws cloudtrail validate-logs --trail-arn {trail_arns(names)[0]} --start-time {occurred}",),
        "output of the validation, and the reconciliation",
    )
    yield Step(
        "recover",
        "Restore from the last backup that is older than the incident, into a new place, and compare. The "
        "recovery point and its metadata come from the first two calls",
        (
            *(
                "aws backup list-recovery-points-by-backup-vault "
                f"--backup-vault-name {names.vault(group.key)} --by-created-before {occurred}"
                for group in store_groups(catalogue, None)
            ),
            "aws backup get-recovery-point-restore-metadata --backup-vault-name VAULT "
            "--recovery-point-arn RECOVERY_POINT",
            "aws backup start-restore-job --recovery-point-arn RECOVERY_POINT --metadata file://METADATA "
            f"--iam-role-arn {role_arn(settings.aws, 'data', names.role('restore-test'))}",
        ),
        "restore job, and the comparison",
    )
    yield from _reviews(catalogue, settings, incident)
    yield Step(
        "recover",
        "Write closed and closure (root cause, breach assessment, changes) into the incident's file, and "
        "apply the containment stack again: it undoes what it did. Close the file, don't delete it",
        (),
        "the pull request, and the update's record",
    )


def _reviews(catalogue: Catalogue, settings: Settings, incident: Incident) -> Iterator[Step]:
    """The review of each use of emergency access in the incident."""
    terms = catalogue.access_policy.break_glass
    for use in uses_in(catalogue, incident):
        yield Step(
            "recover",
            f"Review break-glass use {use.id} until {_stamp(use.review_due(terms))}: what was opened, and "
            "whether the emergency asked for it; write `review` into its file",
            tuple(_log_of(use, _stamp(use.ends(terms)), settings)),
            "the list, and the pull request with by whom, when, whether justified, and the outcome",
        )


def _log_of(use: BreakGlassUse, end: str, settings: Settings) -> Iterator[str]:
    start = _stamp(use.started)
    if not use.user.startswith("00u"):
        moments = f"createdDateTime ge {start} and createdDateTime le {end}"
        yield f"GET {GRAPH}/auditLogs/signIns?$filter=userId eq '{use.user}' and {moments}"
    elif settings.okta is not None:
        query = f'since={start}&until={end}&filter=actor.id eq "{use.user}"'
        yield f"GET {settings.okta.url}/api/v1/logs?{query}"


def _stamp(moment: datetime) -> str:
    return utc(moment).strftime("%Y-%m-%dT%H:%M:%SZ")
