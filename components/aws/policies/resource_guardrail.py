"""The resource control policy: who reaches what the accounts hold, whatever a policy there says."""

from collections.abc import Sequence

from billing_identity.components.aws.policies.document import SCP_LIMIT, deny, document


def resource_guardrail(organization_id: str, outsiders: Sequence[str] = ()) -> str:
    """Resource control policy: data, queues, keys and secrets are the organisation's, over TLS; so are roles,
    but for the accounts `outsiders`, such as an outside SIEM's, which a role trusts by an external id.

    Services of AWS are let through only where they act for an account of the organisation (confused deputy).
    Federation by token or SAML is another action: the trust of each role names its subjects.
    """
    ours: dict[str, str | list[str]] = {"aws:PrincipalOrgID": organization_id}
    if outsiders:
        ours["aws:PrincipalAccount"] = sorted(set(outsiders))
    services = ("kms:*", "s3:*", "secretsmanager:*", "sqs:*")
    return document(
        "guardrail resources",
        [
            deny(
                "OnlyOwnOrganisation",
                services,
                resources=("*",),
                conditions={
                    "StringNotEqualsIfExists": {"aws:PrincipalOrgID": organization_id},
                    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                },
            ),
            deny(
                "RolesAreTakenOnFromWithin",
                ("sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"),
                resources=("*",),
                conditions={
                    "StringNotEqualsIfExists": ours,
                    "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
                },
            ),
            deny(
                "ServicesOnlyForOwnOrganisation",
                services,
                resources=("*",),
                conditions={
                    "StringNotEqualsIfExists": {"aws:SourceOrgID": organization_id},
                    "Null": {"aws:SourceAccount": "false"},
                    "Bool": {"aws:PrincipalIsAWSService": "true"},
                },
            ),
            deny(
                "NothingWithoutTls",
                services,
                resources=("*",),
                conditions={"BoolIfExists": {"aws:SecureTransport": "false"}},
            ),
        ],
        SCP_LIMIT,
    )
