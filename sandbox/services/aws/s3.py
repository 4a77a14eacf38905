"""S3: everything hangs on a bucket that exists, and some settings exclude each other."""

from typing import Final

from billing_identity.sandbox.check import Failure
from billing_identity.sandbox.services.aws.errors import refuse
from billing_identity.sandbox.services.aws.policy import statements
from billing_identity.sandbox.services.registry import (
    Call,
    after_deletion,
    before,
    before_creation,
    before_deletion,
    computes,
    validates,
)
from billing_identity.sandbox.store import Object, Store
from billing_identity.sandbox.wire import Properties, block, blocks

BUCKET: Final = "aws:s3/bucket:Bucket"
VERSIONING: Final = "aws:s3/bucketVersioning:BucketVersioning"
LOCK: Final = "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"
POLICY: Final = "aws:s3/bucketPolicy:BucketPolicy"
BLOCK: Final = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
REPLICATION: Final = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"
LOGGING: Final = "aws:s3/bucketLogging:BucketLogging"
ENCRYPTION: Final = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"

# token: API operation
PARTS: Final[dict[str, str]] = {
    VERSIONING: "PutBucketVersioning",
    LOCK: "PutObjectLockConfiguration",
    POLICY: "PutBucketPolicy",
    BLOCK: "PutPublicAccessBlock",
    REPLICATION: "PutBucketReplication",
    LOGGING: "PutBucketLogging",
    ENCRYPTION: "PutBucketEncryption",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "PutBucketLifecycleConfiguration",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "PutBucketOwnershipControls",
    "aws:s3/bucketNotification:BucketNotification": "PutBucketNotificationConfiguration",
    "aws:s3/bucketMetric:BucketMetric": "PutBucketMetricsConfiguration",
    "aws:s3/inventory:Inventory": "PutBucketInventoryConfiguration",
    "aws:s3/bucketAbac:BucketAbac": "PutBucketAbac",
    "aws:s3/bucketObjectv2:BucketObjectv2": "PutObject",
    "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": (
        "PutBucketIntelligentTieringConfiguration"
    ),
}
OBJECTS: Final = ("aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject")


def find_bucket(store: Store, name: str) -> Object | None:
    """A bucket of any account; bucket names are unique in the world."""
    return next((o for o in store.find(BUCKET) if o.id == name), None)


def part(store: Store, kind: str, bucket: str) -> Properties | None:
    """The properties of a bucket's versioning, policy and so on; None when it has none."""
    return next((o.props for o in store.find(kind) if o.props.get("bucket") == bucket), None)


def versioned(store: Store, bucket: str) -> bool:
    """Whether versioning is on."""
    found = part(store, VERSIONING, bucket)
    if found and block(found, "versioningConfiguration").get("status") == "Enabled":
        return True
    item = find_bucket(store, bucket)
    return bool(item and item.props.get("objectLockEnabled"))


def _refuse(call: Call, code: str, message: str, status: int = 0) -> None:
    operation = PARTS.get(call.token, "CreateBucket")
    what = call.token.rsplit(":", 1)[-1]
    refuse(f"creating S3 {what} ({call.text('bucket')})", f"S3: {operation}", code, message, status)


@validates(BUCKET)
def bucket_name(inputs: Properties) -> list[Failure]:
    """3 to 63 lower-case letters, digits, dots and hyphens."""
    name = inputs.get("bucket")
    if not isinstance(name, str):
        return []
    if not 3 <= len(name) <= 63:
        return [Failure("bucket", f"expected length of bucket to be in the range (3 - 63), got {name}")]
    if not all(c.isascii() and (c.islower() or c.isdigit() or c in ".-") for c in name):
        return [
            Failure(
                "bucket",
                f'only lowercase alphanumeric characters, dots and hyphens allowed in "bucket": {name}',
            )
        ]
    return []


@before_creation(BUCKET)
def name_is_free(call: Call) -> None:
    """Bucket names are unique over all accounts."""
    taken = find_bucket(call.store, call.text("bucket"))
    if taken is None:
        return
    if taken.account == call.account:
        _refuse(
            call,
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
            409,
        )
    _refuse(call, "BucketAlreadyExists", "The requested bucket name is not available.", 409)


@computes(BUCKET)
def bucket_outputs(call: Call) -> Properties:
    """Domain names and the Region."""
    region = call.inputs.get("region") or call.instance.region
    return {
        "bucketDomainName": f"{call.id}.s3.amazonaws.com",
        "bucketRegion": region,
        "bucketRegionalDomainName": f"{call.id}.s3.{region}.amazonaws.com",
        "hostedZoneId": "Z3AQBSTGFYJSTF",
        "objectLockEnabled": False,
        "requestPayer": "BucketOwner",
    }


@before(*PARTS)
def bucket_exists(call: Call) -> None:
    """A setting is put on a bucket that exists, in the caller's account unless its policy says otherwise."""
    found = find_bucket(call.store, call.text("bucket"))
    if found is None:
        _refuse(call, "NoSuchBucket", "The specified bucket does not exist", 404)
    elif found.account != call.account:
        _refuse(call, "AccessDenied", "Access Denied", 403)


@before(LOCK)
def lock_needs_versions(call: Call) -> None:
    """Object Lock works on versions."""
    if not versioned(call.store, call.text("bucket")):
        message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration"
        _refuse(call, "InvalidBucketState", message, 409)


@before(VERSIONING)
def lock_keeps_versions(call: Call) -> None:
    """Versioning can't be suspended under Object Lock."""
    status = block(call.inputs, "versioningConfiguration").get("status")
    bucket = call.text("bucket")
    item = find_bucket(call.store, bucket)
    locked = part(call.store, LOCK, bucket) is not None or bool(item and item.props.get("objectLockEnabled"))
    if status == "Suspended" and locked:
        message = (
            "An Object Lock configuration is present on this bucket, "
            "so the versioning state cannot be changed."
        )
        _refuse(call, "InvalidBucketState", message, 409)


@before(REPLICATION)
def replication_needs_versions(call: Call) -> None:
    """Source and destination must be versioned; the destination must exist."""
    if not versioned(call.store, call.text("bucket")):
        message = "Versioning must be 'Enabled' on the bucket to apply a replication configuration"
        _refuse(call, "InvalidRequest", message)
    for rule in blocks(call.inputs, "rules"):
        arn = str(block(rule, "destination").get("bucket", ""))
        target = arn.rsplit(":", 1)[-1]
        if find_bucket(call.store, target) is None:
            _refuse(call, "InvalidRequest", "Destination bucket must exist.")
        if not versioned(call.store, target):
            _refuse(call, "InvalidRequest", "Destination bucket must have versioning enabled.")


@before(LOGGING)
def logging_target(call: Call) -> None:
    """Access logs go to a bucket of the same account, without Object Lock and without a KMS default."""
    target = call.text("targetBucket")
    item = find_bucket(call.store, target)
    if item is None or item.account != call.account:
        _refuse(call, "InvalidTargetBucketForLogging", "The target bucket for logging does not exist", 400)
    elif part(call.store, LOCK, target) is not None or item.props.get("objectLockEnabled"):
        _refuse(
            call,
            "InvalidTargetBucketForLogging",
            "The target bucket for logging can't have Object Lock.",
            400,
        )


@before(POLICY)
def not_public(call: Call) -> None:
    """A bucket that blocks public policies takes none."""
    blocked = part(call.store, BLOCK, call.text("bucket")) or {}
    if not blocked.get("blockPublicPolicy"):
        return
    for s in statements(call.inputs.get("policy")) or []:
        everyone = "*" in s.principals or "*" in s.principals.get("AWS", [])
        if s.allows and everyone and not s.conditions:
            message = (
                "User is not authorized to perform: s3:PutBucketPolicy because public policies are prevented "
                "by the BlockPublicPolicy setting in S3 Block Public Access."
            )
            _refuse(call, "AccessDenied", message, 403)


@before_deletion(BUCKET)
def is_empty(call: Call) -> None:
    """A bucket with objects is not deleted without forceDestroy."""
    held = any(o.props.get("bucket") == call.id for kind in OBJECTS for o in call.store.find(kind))
    if held and call.inputs.get("forceDestroy") is not True:
        message = "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
        refuse(f"deleting S3 Bucket ({call.id})", "S3: DeleteBucket", "BucketNotEmpty", message, 409)


@after_deletion(BUCKET)
def parts_go_too(call: Call) -> None:
    """What hangs on a bucket goes with it."""
    for kind in PARTS:
        for item in call.store.find(kind, call.account, lambda p: p.get("bucket") == call.id):
            call.store.delete(item)
