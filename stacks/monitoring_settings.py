"""Settings of the audit trail, the alerts and the workforce's access to AWS: ids and addresses that exist
before the program."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from billing_identity.roles.model.base import Slug, Strict, Url

_Account = Annotated[str, StringConstraints(pattern=r"^[0-9]{12}$")]
_Region = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-gov)?-[a-z]+-[0-9]$")]
_OktaUser = Annotated[str, StringConstraints(pattern=r"^00u[A-Za-z0-9]{17}$")]
_Guid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
_RoleArn = Annotated[str, StringConstraints(pattern=r"^arn:aws(-us-gov)?:iam::\d{12}:role/[\w+=,.@/-]+$")]
GroupId = Annotated[
    str, StringConstraints(pattern=r"^([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
]
"""Id of a group in the identity store of IAM Identity Center."""
Hour = Annotated[int, Field(ge=0, le=23)]


class AlertingSettings(Strict):
    """Where alerts go, and what only this company knows about its own people."""

    ticket_url: Url | None = None
    """HTTPS endpoint of the ticket system for SNS messages; it confirms the subscription by itself."""
    pager_urls: tuple[Url, ...] = ()
    """HTTPS endpoints that wake somebody up; they get critical alerts. Two ways are better than one."""
    break_glass_okta_users: tuple[_OktaUser, ...] = ()
    """Okta ids of the sealed accounts, which sign in in an emergency only."""
    break_glass_entra_users: tuple[_Guid, ...] = ()
    """Object ids of the sealed accounts in Entra."""
    quiet_hours_utc: tuple[Hour, ...] = (4, 5, 6, 7, 8, 9)
    """Hours (UTC) in which nobody works. EventBridge compares text, so hours it is, all days alike."""
    weekly_pages: Annotated[int, Field(ge=1, le=1000)] = 5
    """Critical messages a week above which the thresholds are looked at: the budget for false alarms."""
    weekly_tickets: Annotated[int, Field(ge=1, le=10000)] = 40
    """The same for all other messages."""


class NetworkSettings(Strict):
    """One virtual network whose flows and name look-ups are logged."""

    account: Literal["keys", "logs", "data", "workforce"]
    region: _Region
    vpc_id: Annotated[str, StringConstraints(pattern=r"^vpc-[0-9a-f]{8,17}$")]


class SiemSettings(Strict):
    """An outside SIEM that fetches logs."""

    account: _Account
    """Its AWS account."""
    external_id: Annotated[str, StringConstraints(pattern=r"^[\w+=,.@:/-]{8,128}$")]
    """What it must say when it assumes the role; not a secret, but the SIEM's own for this company."""


class CiSettings(Strict):
    """The pipeline that previews and deploys, by OpenID Connect federation."""

    issuer: Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+\.[a-z]{2,}(/[\w./-]*)?$")]
    """Host (and path) of the issuer: `token.actions.githubusercontent.com`."""
    audience: Annotated[str, StringConstraints(min_length=3, max_length=255)] = "sts.amazonaws.com"
    preview_subjects: tuple[Annotated[str, StringConstraints(pattern=r"^[^*?]{8,250}$")], ...] = Field(
        min_length=1
    )
    """Exact `sub` claims that may preview: `repo:<organisation>/<repository>:pull_request`."""
    deploy_subjects: tuple[Annotated[str, StringConstraints(pattern=r"^[^*?]{8,250}$")], ...] = Field(
        min_length=1
    )
    """Exact `sub` claims that may deploy: `repo:<organisation>/<repository>:environment:<protected one>`."""
    document_subjects: tuple[Annotated[str, StringConstraints(pattern=r"^[^*?]{8,250}$")], ...] = ()
    """Exact `sub` claims that may add issued documents to their bucket; those that may deploy by default."""


class WorkforceSettings(Strict):
    """How people and pipelines reach AWS."""

    instance_arn: Annotated[
        str, StringConstraints(pattern=r"^arn:aws(-us-gov)?:sso:::instance/ssoins-[0-9a-f]{16}$")
    ]
    """The instance of IAM Identity Center; no resource makes it."""
    home_region: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-gov)?-[a-z]+-[0-9]$")] | None = None
    """Region of the instance; None: that of the settings. It is part of the names of its roles."""
    identity_store_id: Annotated[str, StringConstraints(pattern=r"^d-[0-9a-f]{10}$")]
    groups: dict[Slug, GroupId] = Field(default={})
    """Group ids by role id, once SCIM has brought the groups; what is not named is looked up by its name."""
    break_glass_entry: tuple[_RoleArn, ...] = ()
    """Roles outside IAM Identity Center (Roles Anywhere with the sealed hardware keys) from which the
    break-glass role is taken on. They predate the program."""
    ci: CiSettings | None = None
