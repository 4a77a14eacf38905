"""Policies may only name principals that exist."""

from typing import Final

from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.aws.policy import statements, strangers
from billing_identity.sandbox.services.registry import Call, before

# token: (argument, what the provider is doing, API operation, error code, message for a stranger)
_CARRIERS: Final[dict[str, tuple[str, str, str, str, str]]] = {
    "aws:kms/key:Key": (
        "policy",
        "creating KMS Key",
        "KMS: CreateKey",
        "MalformedPolicyDocumentException",
        "Policy contains a statement with one or more invalid principals.",
    ),
    "aws:kms/replicaKey:ReplicaKey": (
        "policy",
        "creating KMS Replica Key",
        "KMS: ReplicateKey",
        "MalformedPolicyDocumentException",
        "Policy contains a statement with one or more invalid principals.",
    ),
    "aws:kms/keyPolicy:KeyPolicy": (
        "policy",
        "attaching KMS Key policy",
        "KMS: PutKeyPolicy",
        "MalformedPolicyDocumentException",
        "Policy contains a statement with one or more invalid principals.",
    ),
    "aws:s3/bucketPolicy:BucketPolicy": (
        "policy",
        "putting S3 Bucket Policy",
        "S3: PutBucketPolicy",
        "MalformedPolicy",
        "Invalid principal in policy",
    ),
    "aws:sns/topic:Topic": (
        "policy",
        "creating SNS Topic",
        "SNS: SetTopicAttributes",
        "InvalidParameter",
        "Invalid parameter: Policy statement principal is invalid",
    ),
    "aws:sns/topicPolicy:TopicPolicy": (
        "policy",
        "setting SNS Topic policy",
        "SNS: SetTopicAttributes",
        "InvalidParameter",
        "Invalid parameter: Policy Error: PrincipalNotFound",
    ),
    "aws:sqs/queuePolicy:QueuePolicy": (
        "policy",
        "setting SQS Queue Policy",
        "SQS: SetQueueAttributes",
        "InvalidAttributeValue",
        "Invalid value for the parameter Policy.",
    ),
    "aws:backup/vaultPolicy:VaultPolicy": (
        "policy",
        "creating Backup Vault Policy",
        "Backup: PutBackupVaultAccessPolicy",
        "InvalidParameterValueException",
        "Provided principal is not valid.",
    ),
    "aws:secretsmanager/secretPolicy:SecretPolicy": (
        "policy",
        "putting Secrets Manager Secret Policy",
        "Secrets Manager: PutResourcePolicy",
        "MalformedPolicyDocumentException",
        "This resource policy contains a syntax error or an invalid principal.",
    ),
    "aws:cloudwatch/eventBusPolicy:EventBusPolicy": (
        "policy",
        "putting EventBridge Event Bus Policy",
        "EventBridge: PutPermission",
        "ValidationException",
        "Provided policy has an invalid principal.",
    ),
    "aws:iam/role:Role": (
        "assumeRolePolicy",
        "creating IAM Role",
        "IAM: CreateRole",
        "MalformedPolicyDocument",
        "Invalid principal in policy",
    ),
    "aws:organizations/resourcePolicy:ResourcePolicy": (
        "content",
        "creating Organizations Resource Policy",
        "Organizations: PutResourcePolicy",
        "InvalidInputException",
        "The provided policy document has an invalid principal.",
    ),
}


@before(*_CARRIERS)
def principals_exist(call: Call) -> None:
    """Every service that keeps a resource policy looks its principals up when it is written."""
    argument, doing, operation, code, message = _CARRIERS[call.token]
    document = call.inputs.get(argument)
    if not document:
        return
    found = statements(document)
    if found is None:
        refuse(doing, operation, code, "The policy document is not valid JSON or has no valid statement.")
    unknown = strangers(call.store, found)
    if unknown:
        quoted = ", ".join(f'"AWS":"{name}"' for name in unknown)
        refuse(doing, operation, code, f"{message} ({quoted})")
