"""Roles that an account has outside IAM Identity Center: for emergencies, and for reading its state."""

from billing_identity.components.aws.policies.document import INLINE_LIMIT, allow, document
from billing_identity.components.aws.policies.duty_scope import Scope
from billing_identity.components.aws.policies.permission_sets import break_glass, states_without_contents


def break_glass_role(scope: Scope) -> str:
    """Policy of the break-glass role that every account has outside IAM Identity Center."""
    return document("break-glass role", break_glass(scope), INLINE_LIMIT)


def reader_role() -> str:
    """Policy of the role with which previews and drift checks read an account: states, never contents."""
    read = (
        *("athena:Get*", "athena:List*", "ec2:Describe*", "ec2:Get*", "events:Describe*", "events:List*"),
        *(
            "firehose:Describe*",
            "firehose:List*",
            "glue:Get*",
            "identitystore:Describe*",
            "identitystore:GetGroupId",
        ),
        *(
            "identitystore:ListGroups",
            "kms:List*",
            "logs:Describe*",
            "logs:ListTags*",
            "route53resolver:Get*",
        ),
        *("route53resolver:List*", "s3:GetAnalyticsConfiguration", "s3:GetLifecycleConfiguration"),
        *(
            "s3:GetReplicationConfiguration",
            "s3:ListBucket",
            "sns:Get*",
            "sns:List*",
            "sqs:GetQueue*",
            "sqs:ListQueue*",
        ),
        *(
            "sso:Describe*",
            "sso:List*",
            "sso:GetInlinePolicyForPermissionSet",
            "sso:GetPermissionsBoundaryForPermissionSet",
        ),
        *("tag:GetResources", "transfer:Describe*", "transfer:List*"),
    )
    statements = [allow("ReadStates", read, resources=("*",)), *states_without_contents()]
    return document("reader role", statements, INLINE_LIMIT)
