"""What goes to another sign-in in clear is read and changed on the way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Begins, OneOf

RULE = requirement(
    title="Okta's SAML sign-ins use HTTPS and SHA-256",
    severity=Severity.HIGH,
    why="A forged assertion is somebody else's session.",
    remedy="write an https:// `ssoUrl`, and leave the algorithms out or set them to SHA-256",
    types=("okta:idp/saml:Saml",),
    wants=(
        Begins(
            path="ssoUrl",
            prefix="https://",
            refused=("http://login.example.com/",),
            example="https://login.example.com/",
        ),
        OneOf(path="requestSignatureAlgorithm", allowed=("SHA-256",), refused=("SHA-1",), default="SHA-256"),
        OneOf(path="responseSignatureAlgorithm", allowed=("SHA-256",), refused=("SHA-1",), default="SHA-256"),
    ),
)
