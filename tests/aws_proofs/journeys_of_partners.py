"""Journeys of partners and of the portal: what comes in and what is fetched."""

from __future__ import annotations

from journey_names import CLEAN, DEPLOY, EDI, EMERGENCY, EXCHANGE, FILE, FOLDER, OPERATOR, OWN_EXCHANGE, RULES
from questions import DATA, KEYS
from steps import Step, administrator, calls, carrying, declared, on_key, partner, reads, takes_on, writes

SICK = {"GuardDutyMalwareScanStatus": "THREATS_FOUND"}
SFTP, HOSPITAL = partner("claims-to-waystar-lkor"), partner("hospital-extracts-rvbh")
PORTAL = administrator(DATA, "client-portal")
UPLOAD = carrying(declared(DATA, "meridian-prod-upload"), {"aws:PrincipalTag/Client": "lkor"})
UNTAGGED = declared(DATA, "meridian-prod-upload")
HEADER = "s3:x-amz-server-side-encryption"
UNDER_KEY = {
    HEADER: "aws:kms",
    f"{HEADER}-aws-kms-key-id": f"arn:aws:kms:us-east-1:{KEYS}:key/mrk-1",
    "s3:signatureAge": "1000",
}
OTHER_KEY = {**UNDER_KEY, f"{HEADER}-aws-kms-key-id": f"arn:aws:kms:us-east-1:{DATA}:key/1"}
PARTNERS = {
    "a partner brings and fetches in its client's folder": [
        Step(SFTP, writes(EXCHANGE, f"{FOLDER}/in/837.edi")),
        Step(SFTP, reads(EXCHANGE, f"{FOLDER}/out/835.edi", CLEAN)),
        Step(SFTP, calls("s3:ListBucket", f"arn:aws:s3:::{EXCHANGE}", {"s3:prefix": f"{FOLDER}/in/"})),
        Step(HOSPITAL, writes(OWN_EXCHANGE, "rvbh/hospital-extracts/in/a.csv")),
    ],
    "a partner has nothing of another client, and nothing else": [
        Step(SFTP, writes(EXCHANGE, "clwl/claims-to-waystar/in/837.edi"), "session policy"),
        Step(SFTP, reads(EXCHANGE, "clwl/claims-to-waystar/out/835.edi", CLEAN), "session policy"),
        Step(
            SFTP,
            calls("s3:ListBucket", f"arn:aws:s3:::{EXCHANGE}", {"s3:prefix": "clwl/claims-to-waystar/in/"}),
            "session policy",
        ),
        Step(SFTP, writes(OWN_EXCHANGE, "rvbh/hospital-extracts/in/a.csv"), "session policy"),
        Step(HOSPITAL, writes(EXCHANGE, f"{FOLDER}/in/837.edi"), "session policy"),
        Step(HOSPITAL, reads(OWN_EXCHANGE, "rvbh/hospital-extracts/out/a", CLEAN), "session policy"),
        Step(SFTP, reads(EXCHANGE, f"{FOLDER}/out/835.edi"), "NothingUnscannedIsRead"),
        Step(SFTP, reads(EXCHANGE, f"{FOLDER}/in/837.edi", CLEAN), "identity policy"),
        Step(SFTP, reads(EDI, FILE), "identity policy"),
        Step(SFTP, calls("s3:DeleteObject", f"arn:aws:s3:::{EXCHANGE}/{FOLDER}/in/837.edi"), "identity"),
        Step(SFTP, calls("s3:PutObjectTagging", f"arn:aws:s3:::{EXCHANGE}/{FOLDER}/in/a"), "Scanner"),
        Step(SFTP, on_key("Decrypt", EXCHANGE), "identity policy"),
        Step(
            HOSPITAL,
            calls(
                "s3:PutObject",
                f"arn:aws:s3:::{OWN_EXCHANGE}/rvbh/hospital-extracts/in/a.csv",
                {"aws:ResourceAccount": "999999999999"},
            ),
            "identity policy",
        ),
    ],
    "an upload is signed for one client, under the declared key": [
        Step(PORTAL, takes_on(DATA, "meridian-prod-upload", {"aws:RequestTag/Client": "lkor"})),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf", UNDER_KEY)),
    ],
    "and for nothing else": [
        Step(PORTAL, takes_on(DATA, "meridian-prod-upload"), "own policy"),
        Step(PORTAL, takes_on(DATA, "meridian-prod-upload", {"aws:RequestTag/Client": "zzzz"}), "own policy"),
        Step(OPERATOR, takes_on(DATA, "meridian-prod-upload", {"aws:RequestTag/Client": "lkor"}), "identity"),
        Step(UPLOAD, writes(EXCHANGE, "clwl/portal/in/scan.pdf", UNDER_KEY), "identity policy"),
        Step(UPLOAD, writes(EXCHANGE, f"{FOLDER}/in/837.edi", UNDER_KEY), "identity policy"),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf", OTHER_KEY), "NoKeyOutsideTheKeysAccount"),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf", {HEADER: "AES256"}), "NoOtherAlgorithm"),
        Step(UPLOAD, writes(EXCHANGE, "lkor/portal/in/scan.pdf"), "identity policy"),
        Step(UNTAGGED, writes(EXCHANGE, "lkor/portal/in/scan.pdf", UNDER_KEY), "identity policy"),
        Step(
            UPLOAD,
            writes(EXCHANGE, "lkor/portal/in/scan.pdf", {**UNDER_KEY, "s3:signatureAge": "900001"}),
            "NoOldSignature",
        ),
        Step(UPLOAD, reads(EXCHANGE, "lkor/portal/in/scan.pdf", CLEAN), "identity policy"),
    ],
    "the scanner reads what nobody else may, and says what it found": [
        Step(declared(DATA, "meridian-prod-scanner"), reads(EXCHANGE, f"{FOLDER}/in/837.edi")),
        Step(
            declared(DATA, "meridian-prod-scanner"),
            calls("s3:PutObjectTagging", f"arn:aws:s3:::{EXCHANGE}/{FOLDER}/in/837.edi"),
        ),
        Step(
            declared(DATA, "meridian-prod-scanner"),
            calls(
                "events:DeleteRule",
                f"{RULES}DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3-1",
                {"events:ManagedBy": "malware-protection-plan.guardduty.amazonaws.com"},
            ),
        ),
        Step(declared(DATA, "meridian-prod-scanner"), reads(EDI, FILE), "identity policy"),
        Step(declared(DATA, "meridian-prod-scanner"), writes(EXCHANGE, f"{FOLDER}/in/a"), "identity policy"),
        Step(
            declared(DATA, "meridian-prod-scanner"), calls("events:DeleteRule", f"{RULES}alert"), "identity"
        ),
        Step(OPERATOR, reads(EXCHANGE, f"{FOLDER}/in/837.edi"), "NothingUnscannedIsRead"),
        Step(OPERATOR, reads(EXCHANGE, f"{FOLDER}/in/837.edi", SICK), "NothingUnscannedIsRead"),
        Step(OPERATOR, reads(EXCHANGE, f"{FOLDER}/in/837.edi", CLEAN)),
        Step(EMERGENCY, reads(EXCHANGE, f"{FOLDER}/in/837.edi", SICK)),
        Step(DEPLOY, calls("s3:PutObjectTagging", f"arn:aws:s3:::{EXCHANGE}/a"), "OnlyTheScannerTags"),
    ],
}
