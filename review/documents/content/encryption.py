"""The encryption policy: at rest, in transit, keys, devices, passwords, backups."""

from __future__ import annotations

from billing_identity.review.documents.content.common import kept, reviewed
from billing_identity.review.documents.content.signing_in import POLICIES, by_hand, providers
from billing_identity.review.documents.model import Document, Section
from billing_identity.review.documents.writer import Writer, section, sentence, table
from billing_identity.roles.checks.reach import holds_ephi
from billing_identity.roles.model.vocabulary import DataClass, Provider

MANAGED = {Provider.OKTA: "'deviceIsManaged': True", Provider.ENTRA: "compliantDevice"}
"""Text of a sign-in policy that asks for a managed device, by provider."""


def build(w: Writer) -> Document:
    """The document for the writer's company."""
    officer = w.policy.security_officer
    return Document(
        id="encryption-policy",
        title="Encryption Policy",
        owner=w.title(officer),
        sections=(
            _decision(w),
            _rest(w),
            _keys(w),
            _transit(w),
            _devices(w),
            _passwords(w),
            _backups(w),
            section("Upkeep", reviewed(w, officer), kept(w, officer)),
        ),
    )


def _decision(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "The decision to encrypt",
        w.say(
            "Encryption is addressable; it was judged reasonable and appropriate for all ePHI here.",
            people=[officer],
            cite=["164.306(d)(3)", "164.312(a)(2)(iv)"],
        ),
        w.say(
            "Where a system can't encrypt, the reason and what is done instead are recorded as an exception.",
            checks=["encryption", "exception-terms"],
            cite=["164.306(d)(3)"],
        ),
    )


def _rest(w: Writer) -> Section:
    return section(
        "At rest",
        w.say(
            "Every store of ours for ePHI is encrypted with a declared customer managed key.",
            rules=["aws-s3-kms-encrypted-with-declared-key", "aws-s3-bucket-complete"],
            otherwise=w.policy.security_officer,
            cite=["164.312(a)(2)(iv)"],
        ),
        w.say(
            "Volumes of our accounts are encrypted by default.",
            resources=["aws:ebs/encryptionByDefault:EncryptionByDefault"],
            otherwise=w.policy.security_officer,
            cite=["164.312(a)(2)(iv)"],
        ),
        w.say(
            "No store is open to the public.",
            rules=["aws-s3-public-access-blocked"],
            otherwise=w.policy.security_officer,
            cite=["164.312(a)(1)"],
        ),
        table(
            ("System with ePHI", "Algorithm", "Validated module", "Keys"),
            (
                w.row(
                    system.title,
                    system.at_rest.algorithm,
                    "yes" if system.at_rest.fips_140_validated else "no",
                    sentence(system.at_rest.key_management),
                    checks=["encryption"],
                    people=[system.owner],
                    cite=["164.312(a)(2)(iv)"],
                )
                for system in w.catalogue.systems.values()
                if holds_ephi(system)
            ),
        ),
    )


def _keys(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "Keys",
        w.say(
            "Keys live in the provider's key management service, in modules that nothing leaves.",
            resources=["aws:kms/key:Key"],
            otherwise=officer,
            cite=["164.312(a)(2)(iv)"],
        ),
        w.say("Keys are replaced by themselves every year.", rules=["aws-kms-rotation"], otherwise=officer),
        w.say(
            "Who administers keys can't use them, and who may destroy one does neither.",
            rules=["aws-kms-separate-duties", "separation-of-duties"],
            checks=["separation-of-duties"],
            cite=["164.312(a)(2)(iv)", "164.308(a)(3)(i)"],
        ),
        w.say(
            "A key that is to be destroyed waits long enough to be missed.",
            rules=["aws-kms-deletion-window"],
            otherwise=officer,
            cite=["164.308(a)(7)(ii)(A)"],
        ),
        w.say(
            "Keys and the data under them lie in different accounts unless the settings record a decision.",
            people=[officer],
        ),
        w.say("Two people act together when a key is destroyed.", people=[officer]),
    )


def _transit(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "In transit",
        w.say(
            "Our stores refuse requests without TLS.",
            rules=["aws-s3-tls-only"],
            otherwise=officer,
            cite=["164.312(e)(1)", "164.312(e)(2)(ii)"],
        ),
        w.say(
            "Systems with ePHI speak TLS 1.2 or newer.",
            checks=["encryption"],
            people=[officer],
            cite=["164.312(e)(2)(ii)"],
        ),
        w.say(
            "ePHI goes by mail only when it is encrypted from end to end.",
            checks=["ephi-channel"],
            people=[w.policy.privacy_officer],
            cite=["164.312(e)(2)(ii)"],
        ),
        table(
            ("From", "To or from", "Direction", "Channel", "Content"),
            (
                w.row(
                    system.title,
                    flow.counterparty,
                    {"in": "received", "out": "sent", "both": "both ways"}[flow.direction],
                    flow.channel.value.replace("-", " "),
                    ", ".join(flow.formats),
                    checks=["ephi-channel", "ephi-fax"] if flow.channel.value == "fax" else ["ephi-channel"],
                    people=[system.owner],
                    cite=["164.312(e)(1)"],
                )
                for system in w.catalogue.systems.values()
                for flow in system.flows
                if DataClass.EPHI in flow.data_classes
            ),
        ),
    )


def _devices(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "Laptops and workstations",
        tuple(
            w.say(
                f"Systems with ePHI that people sign in to through {provider.value.title()} open only on a "
                "managed device.",
                resources=[f"{POLICIES[provider]}@{MANAGED[provider]}"],
                otherwise=officer,
                cite=["164.310(c)"],
            )
            for provider in providers(w, ephi=True)
        ),
        by_hand(
            w,
            "{systems} keep accounts of their own, and no sign-in policy of the company sees the device: "
            "people open them from managed devices only.",
            "164.310(c)",
            ephi=True,
        ),
        w.say(
            "Endpoint management encrypts the whole disk, asks for the PIN before the system starts, and "
            "locks an idle screen.",
            people=[officer],
            cite=["164.312(a)(2)(iv)", "164.310(c)"],
        ),
        w.say("The state of encryption is recorded monthly for every device.", people=[officer]),
    )


def _passwords(w: Writer) -> Section:
    return section(
        "Passwords and secrets",
        w.say(
            "Systems that keep passwords of their own hash them with Argon2id, bcrypt, scrypt or PBKDF2.",
            checks=["password-hash"],
            people=[w.policy.security_officer],
            cite=["164.308(a)(5)(ii)(D)"],
        ),
        w.say(
            "No secret stands in the catalogue, and none in source code.",
            checks=["no-secrets"],
            people=[w.policy.security_officer],
            cite=["164.308(a)(5)(ii)(D)"],
        ),
        w.say(
            "Programs sign with keys of their own or by federation, and share no secret with the provider.",
            rules=["okta-oauth-no-client-secret", "entra-no-application-password", "aws-no-iam-user-or-key"],
            otherwise=w.policy.security_officer,
            cite=["164.312(d)"],
        ),
    )


def _backups(w: Writer) -> Section:
    officer = w.policy.security_officer
    return section(
        "Backups and archives",
        w.say(
            "Stores of ePHI keep old versions and are copied to a second Region under a key of its own.",
            rules=["aws-s3-versioned"],
            resources=[
                "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
                "aws:kms/replicaKey:ReplicaKey",
            ],
            otherwise=officer,
            cite=["164.308(a)(7)(ii)(A)"],
        ),
        w.say(
            "Nothing in them can be deleted while the lock runs.",
            resources=["aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration"],
            otherwise=officer,
            cite=["164.312(c)(1)"],
        ),
        w.say(
            "A restore is tried twice a year, and its result is recorded.",
            people=[officer],
            cite=["164.308(a)(7)(ii)(D)"],
        ),
        w.say(
            "Vendors that hold ePHI say how they back up and restore it.",
            people=[officer],
            checks=["due-diligence"],
            cite=["164.308(b)(1)"],
        ),
    )
