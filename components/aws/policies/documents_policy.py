"""Policy of the bucket of issued documents: added to by one role, never replaced, never deleted."""

from collections.abc import Sequence

from billing_identity.components.aws import arns
from billing_identity.components.aws.policies.document import INLINE_LIMIT, allow, deny, document
from billing_identity.components.aws.policies.refusals import Store, kept, policy_of, refusals


def documents_policy(store: Store, *, issuers: Sequence[str]) -> str:
    """`issuers` are the role ARNs that add documents and extend their locks.

    A document is written once: S3 refuses a write that does not ask it to refuse an object which is there
    (S3 User Guide, "Enforce conditional writes").
    """
    statements = [
        *refusals(store, extenders=issuers),
        deny(
            "OnlyIssuersAdd",
            ("s3:PutObject",),
            resources=store.objects,
            conditions={"ArnNotLike": {"aws:PrincipalArn": list(issuers)}},
        ),
        deny(
            "WrittenOnce",
            ("s3:PutObject",),
            resources=store.objects,
            conditions={"Null": {"s3:if-none-match": "true"}},
        ),
        kept(store),
    ]
    return policy_of(store, statements)


def issuer_policy(bucket: str, keys: str, region: str) -> str:
    """What the issuing role needs: to add documents and to extend their locks. It reads nothing."""
    arn = arns.bucket(bucket, arns.partition(region))
    return document(
        "document issuer",
        [
            allow("AddAndLock", ("s3:PutObject", "s3:PutObjectRetention"), resources=(f"{arn}/*",)),
            allow(
                "EncryptThem",
                ("kms:GenerateDataKey",),
                resources=(keys,),
                conditions={"StringEquals": {"kms:ViaService": f"s3.{region}.amazonaws.com"}},
            ),
        ],
        INLINE_LIMIT,
    )
