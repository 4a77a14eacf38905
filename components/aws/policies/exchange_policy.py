"""Policies of the exchange: what arrives can't be read before it was scanned; a partner sees one folder.

Paths in the exchange store are `<client>/<flow>/in/` for what arrives and `<client>/<flow>/out/` for what the
partner fetches; `<client>/portal/in/` takes uploads by HTTPS.
"""

from collections.abc import Iterator, Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import (
    INLINE_LIMIT,
    TRUST_LIMIT,
    Statement,
    allow,
    deny,
    document,
)

SCAN_TAG = "GuardDutyMalwareScanStatus"
"""Tag that GuardDuty puts on an object when it has scanned it (GuardDuty User Guide, Malware Protection
for S3)."""
CLEAN = "NO_THREATS_FOUND"
VALIDATION_OBJECT = "malware-protection-resource-validation-object"
"""Key of the object with which GuardDuty proves that it may write to the bucket's key."""
SESSION_LIMIT = 2048
"""Characters of a session policy (STS AssumeRole)."""
SIGNATURE_MINUTES = 15
"""Minutes after signing in which a presigned upload is accepted."""
NAMED_CLIENTS = 120
"""Codes of eight letters that fit into a trust policy of 2,048 characters beside a few signers."""
RESOURCE_ACCOUNT = "aws:ResourceAccount"
"""Account that owns the bucket of a request: names of buckets are the whole world's."""
CLIENT_TAG = "Client"
"""Session tag of whoever signs an upload: the client's short code in lower case."""


def quarantine(bucket: str, region: str, scanner: str, reviewers: Sequence[str]) -> Iterator[Statement]:
    """Nobody reads what was not found clean, and only the scanner says what was found.

    `scanner` is the scanner's role ARN; `reviewers` are role ARNs or patterns of those who may look at what
    was not found clean.
    """
    objects = (f"{_arn(bucket, region)}/*",)
    yield deny(
        "NothingUnscannedIsRead",
        ("s3:GetObject", "s3:GetObjectVersion"),
        resources=objects,
        conditions={
            "StringNotEquals": {f"s3:ExistingObjectTag/{SCAN_TAG}": CLEAN},
            "ArnNotLike": {"aws:PrincipalArn": [scanner, *reviewers]},
        },
    )
    yield deny(
        "OnlyTheScannerTags",
        (
            *("s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"),
            *("s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
        ),
        resources=objects,
        conditions={"ArnNotLike": {"aws:PrincipalArn": [scanner]}},
    )


def scanner(buckets: Sequence[str], account: str, region: str, keys_account: str) -> str:
    """What GuardDuty needs of its role for the buckets (names or patterns of names)."""
    stores = [_arn(bucket, region) for bucket in buckets]
    rule = f"arn:{arns.partition(region)}:events:{region}:{account}:rule/DO-NOT-DELETE-AmazonGuardDuty"
    own = f"{rule}MalwareProtectionS3*"
    managed = {"StringLike": {"events:ManagedBy": "malware-protection-plan.guardduty.amazonaws.com"}}
    return document(
        "malware scanner",
        [
            allow(
                "KeepItsRule",
                ("events:DeleteRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets"),
                resources=(own,),
                conditions=managed,
            ),
            allow("LookAtItsRule", ("events:DescribeRule", "events:ListTargetsByRule"), resources=(own,)),
            allow(
                "HearOfNewObjects",
                ("s3:GetBucketNotification", "s3:ListBucket", "s3:PutBucketNotification"),
                resources=stores,
            ),
            allow(
                "ReadWhatItScans",
                ("s3:GetObject", "s3:GetObjectVersion"),
                resources=[f"{store}/*" for store in stores],
            ),
            allow(
                "SayWhatItFound",
                (
                    *("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
                    *("s3:PutObjectTagging", "s3:PutObjectVersionTagging"),
                ),
                resources=[f"{store}/*" for store in stores],
            ),
            allow(
                "ProveThatItMayWrite",
                ("s3:PutObject",),
                resources=[f"{store}/{VALIDATION_OBJECT}" for store in stores],
            ),
            _key("UseTheKeysOfTheStores", ("kms:Decrypt", "kms:GenerateDataKey"), keys_account, region),
        ],
        INLINE_LIMIT,
    )


def partners(buckets: Sequence[str], account: str, region: str, keys_account: str) -> str:
    """The most that any SFTP user can do in the stores of `account`; each user's session policy narrows it to
    one folder.

    A user stands with the server, perhaps before its client's store: until then the store's name may be a
    stranger's, and nothing is brought there.

    Bringing needs neither `s3:GetObject` nor actions on ACLs: AWS describes users who write and list only,
    and asks for `s3:GetObjectAcl` and `s3:PutObjectAcl` where the store is another account's (Transfer Family
    User Guide, "Grant ability to only write and list files" and "Allowing read and write access to an Amazon
    S3 bucket", read on 2026-11-24). Such a partner can't append to a file nor ask for its size first.
    """
    stores = [_arn(bucket, region) for bucket in buckets]
    ours = {"StringEquals": {RESOURCE_ACCOUNT: account}}
    return document(
        "SFTP partners",
        [
            allow(
                "ListFolders",
                ("s3:GetBucketLocation", "s3:ListBucket"),
                resources=stores,
                conditions=ours,
            ),
            allow(
                "BringFiles",
                ("s3:PutObject",),
                resources=[f"{store}/*/in/*" for store in stores],
                conditions=ours,
            ),
            allow(
                "FetchFiles",
                ("s3:GetObject", "s3:GetObjectVersion"),
                resources=[f"{store}/*/out/*" for store in stores],
                conditions=ours,
            ),
            _key("UseTheKeysOfTheStores", ("kms:Decrypt", "kms:GenerateDataKey"), keys_account, region),
        ],
        INLINE_LIMIT,
    )


def partner_session(
    bucket: str, folder: str, *, brings: bool, fetches: bool, region: str, keys_account: str
) -> str:
    """Session policy of one SFTP user: `in` below its folder when it brings, `out` when it fetches.

    `folder` has no slash at its ends.
    """
    store = _arn(bucket, region)
    ways = [way for way, wanted in (("in", brings), ("out", fetches)) if wanted]
    statements = [
        allow(
            "ListOwnFolder",
            ("s3:ListBucket",),
            resources=(store,),
            conditions={
                "StringLike": {
                    "s3:prefix": [f"{folder}/{way}{end}" for way in ways for end in ("", "/", "/*")]
                }
            },
        ),
        allow("FindTheStore", ("s3:GetBucketLocation",), resources=(store,)),
        _key("UseTheKeysOfTheStores", ("kms:Decrypt", "kms:GenerateDataKey"), keys_account, region),
    ]
    if brings:
        statements.append(allow("BringFiles", ("s3:PutObject",), resources=(f"{store}/{folder}/in/*",)))
    if fetches:
        statements.append(
            allow(
                "FetchFiles",
                ("s3:GetObject", "s3:GetObjectVersion"),
                resources=(f"{store}/{folder}/out/*",),
            )
        )
    return document(f"session of {folder}", statements, SESSION_LIMIT)


def uploads(shared: str, account: str, region: str, keys_account: str) -> str:
    """What a session of the upload role can do: put into its client's folder, under a declared key, soon.

    `account` is that of the stores, `shared` the name of the exchange store that clients share; a client's
    own is `<shared>-<client>`. The client is the session tag that the trust policy demands. Nothing is read
    or listed.
    """
    client = f"${{aws:PrincipalTag/{CLIENT_TAG}}}"
    targets = [
        f"{_arn(shared, region)}/{client}/portal/in/*",
        f"{_arn(shared, region)}-{client}/{client}/portal/in/*",
    ]
    return document(
        "uploads by HTTPS",
        [
            allow(
                "PutIntoTheClientsFolder",
                ("s3:PutObject",),
                resources=targets,
                conditions={
                    "StringEquals": {
                        RESOURCE_ACCOUNT: account,
                        "s3:x-amz-server-side-encryption": "aws:kms",
                    },
                    "ArnLike": {
                        "s3:x-amz-server-side-encryption-aws-kms-key-id": arns.keys_of(keys_account, region)
                    },
                },
            ),
            _key("EncryptUnderTheStoresKey", ("kms:GenerateDataKey",), keys_account, region),
            deny(
                "NoOldSignature",
                ("s3:PutObject",),
                resources=("*",),
                principals=None,
                conditions={"NumericGreaterThan": {"s3:signatureAge": str(SIGNATURE_MINUTES * 60 * 1000)}},
            ),
        ],
        INLINE_LIMIT,
    )


def upload_trust(signers: Sequence[str], clients: Sequence[str], region: str) -> str:
    """Trust of the upload role: the signers' roles, who must say for which client they sign.

    `signers` are role ARNs; `clients` the short codes, in lower case, of the clients that may be named. More
    than NAMED_CLIENTS don't fit into a trust policy: then any word as long as a code may be named, and a word
    that is no client's leads to a folder that nobody has.
    """
    partition = arns.partition(region)
    roots = sorted({arns.account_root(arns.account_of(signer), partition) for signer in signers})
    tag, named = f"aws:RequestTag/{CLIENT_TAG}", list(clients)
    lengths = sorted({len(code) for code in named})
    one = {"StringLike": {tag: ["?" * length for length in lengths]}}
    if len(named) <= NAMED_CLIENTS:
        one = {"StringEquals": {tag: named}}
    return document(
        "trust of the upload role",
        [
            allow(
                "SignersForOneClient",
                ("sts:AssumeRole", "sts:TagSession"),
                principals={"AWS": roots},
                conditions={"ArnEquals": {"aws:PrincipalArn": list(signers)}, **one},
            )
        ],
        TRUST_LIMIT,
    )


def _key(sid: str, actions: Sequence[str], keys_account: str, region: str) -> Statement:
    return allow(
        sid,
        actions,
        resources=(arns.keys_of(keys_account, region),),
        conditions={"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
    )


def _arn(bucket: str, region: str) -> str:
    return arns.bucket(bucket, arns.partition(region))
