"""FSx file systems are encrypted with a customer managed key."""

from __future__ import annotations

from billing_identity.policies.framework.families import encrypted
from billing_identity.policies.framework.wants import Key

RULE = encrypted(
    title="FSx file systems are encrypted with a customer managed key",
    types=(
        "aws:fsx/windowsFileSystem:WindowsFileSystem",
        "aws:fsx/ontapFileSystem:OntapFileSystem",
        "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
        "aws:fsx/lustreFileSystem:LustreFileSystem",
    ),
    wants=(Key(path="kmsKeyId"),),
    blind_spot="Lustre scratch file systems take no key; keep ePHI out of them.",
)
