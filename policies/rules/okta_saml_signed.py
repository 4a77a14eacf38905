"""An assertion that is not signed can be written by anybody on the way."""

from __future__ import annotations

from billing_identity.policies.framework.requirement import requirement
from billing_identity.policies.framework.rule import Severity
from billing_identity.policies.framework.wants import Flag, NotOneOf

RULE = requirement(
    title="SAML answers are signed, with SHA-256",
    severity=Severity.HIGH,
    why="An assertion that is not signed can be written by anybody on the way.",
    remedy="leave `assertionSigned` and `responseSigned` true, RSA_SHA256 and SHA256",
    types=("okta:app/saml:Saml",),
    wants=(
        Flag(path="assertionSigned", default=True),
        Flag(path="responseSigned", default=True),
        NotOneOf(path="signatureAlgorithm", refused=("RSA_SHA1",), instead="RSA_SHA256"),
        NotOneOf(path="digestAlgorithm", refused=("SHA1",), instead="SHA256"),
    ),
)
