"""Partners of the SFTP server spoilt one by one."""

from __future__ import annotations

import re
from base64 import b64encode

from check_case import Case, one, system

from billing_identity.roles.loader import REFERENCE

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJj11JAOw2wEzwtVfnBv1z4jyWqrvB9rTqWoN9f3bSVs"


def sftp_cases() -> list[Case]:
    """Partners of the SFTP server spoilt one by one."""
    aws = system("aws")
    first, second = re.findall(r"public_key: (.+)", (REFERENCE / aws).read_text())
    old_rsa = (
        "ssh-rsa "
        + b64encode(
            b"".join(
                len(part).to_bytes(4, "big") + part
                for part in (b"ssh-rsa", b"\x01\x00\x01", b"\x00" + b"\xc3" * 256)
            )
        ).decode()
    )
    private = "-----BEGIN " + "OPENSSH PRIVATE KEY-----"
    return [
        one("sftp-partner", aws, "192.0.2.32/28", "192.0.2.33/28", "192.0.2.33/28", "input"),
        one("sftp-partner", aws, "192.0.2.32/28", "198.18.0.0/15", "198.18.0.0/15", "input"),
        one("sftp-partner", aws, "192.0.2.32/28", "127.0.0.0/28", "127.0.0.0/28", "input"),
        one("sftp-partner", aws, "192.0.2.32/28", "partner.example", "partner.example", "input"),
        one("sftp-partner", aws, "    client: riverbend-hospital\n", "", "    sftp:", "input"),
        one("sftp-key", aws, first, "hands off", "public_key: hands off", "input"),
        one("sftp-key", aws, first, first[:-12], f"public_key: {first[:-12]}", "input", also={"no-secrets"}),
        one("sftp-key", aws, first, ED25519, f"public_key: {ED25519}", "input"),
        one("sftp-key", aws, first, old_rsa, f"public_key: {old_rsa[:60]}", "input"),
        one("sftp-key", aws, first, f'"{private}"', private, "input", also={"no-secrets"}),
        one("sftp-key-shared", aws, second, first + " same key, other comment", "same key, other"),
        one("sftp-key-age", aws, "replace_by: 2027-09-30", "replace_by: 2026-11-23", "2026-11-23"),
        one("sftp-key-age", aws, "replace_by: 2027-09-30", "replace_by: 2029-09-30", "2029-09-30"),
        one("sftp-key-age", aws, "replace_by: 2027-09-30", "replace_by: 2026-12-01", "2026-12-01", "notice"),
        one("sftp-undeclared", aws, "channel: as2", "channel: sftp", "name: lab-orders", "notice"),
    ]
