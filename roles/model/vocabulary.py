"""Closed vocabularies of the catalogue, each value with its meaning."""

from __future__ import annotations

from enum import StrEnum


class DataClass(StrEnum):
    """What kind of data a system or entitlement reaches."""

    EPHI = "ephi"
    """Electronic protected health information."""
    PII = "pii"
    """Personal data that is not health information."""
    FINANCIAL = "financial"
    """Payments, remittances, bank data."""
    SECURITY = "security"
    """Credentials, keys, audit logs, identity configuration."""
    INTERNAL = "internal"
    """Everything else that is not public."""


class SystemKind(StrEnum):
    """What a system is for (the inventory of the guide's first section)."""

    EHR = "ehr"
    PRACTICE_MANAGEMENT = "practice-management"
    CLEARINGHOUSE = "clearinghouse"
    PAYER_PORTAL = "payer-portal"
    FILE_REPOSITORY = "file-repository"
    DATA_WAREHOUSE = "data-warehouse"
    VPN = "vpn"
    REMOTE_DESKTOP = "remote-desktop"
    EMAIL = "email"
    SOURCE_CONTROL = "source-control"
    TICKETING = "ticketing"
    CLOUD = "cloud"
    IDENTITY_PROVIDER = "identity-provider"
    HR = "hr"
    TRAINING = "training"
    FINANCE = "finance"
    SIEM = "siem"


class Provider(StrEnum):
    """The identity provider through which people reach a system."""

    OKTA = "okta"
    ENTRA = "entra"
    NONE = "none"
    """The system can't federate: individual local accounts, described in `local_accounts`."""


class Federation(StrEnum):
    """How a system trusts its identity provider."""

    SAML = "saml"
    OIDC = "oidc"
    PERMISSION_SET = "permission-set"
    """AWS IAM Identity Center."""
    BUILT_IN = "built-in"
    """The provider's own first-party application (Okta's consoles, Microsoft 365)."""


class Provisioning(StrEnum):
    """How an account comes into a system and leaves it."""

    SCIM = "scim"
    JUST_IN_TIME = "just-in-time"
    """Made at first sign-in; a leaver's account is dead because sign-in is, and is removed by review."""
    MANUAL = "manual"
    """Somebody makes and removes it by hand; `local_accounts` or the leaver task says who."""
    DIRECTORY = "directory"
    """The account is the directory account itself."""


class RiskTag(StrEnum):
    """What makes an entitlement dangerous. Separation-of-duties rules and step-up speak in these."""

    POSTS_CHARGES = "posts-charges"
    POSTS_PAYMENTS = "posts-payments"
    POSTS_ADJUSTMENTS = "posts-adjustments"
    APPROVES_ADJUSTMENTS = "approves-adjustments"
    REQUESTS_REFUNDS = "requests-refunds"
    APPROVES_REFUNDS = "approves-refunds"
    RELEASES_PAYMENTS = "releases-payments"
    CHANGES_BANK_DETAILS = "changes-bank-details"
    SUBMITS_CLAIMS = "submits-claims"
    CODES_CLAIMS = "codes-claims"
    AUDITS_CODING = "audits-coding"
    MAINTAINS_FEE_SCHEDULES = "maintains-fee-schedules"
    EXPORTS_IN_BULK = "exports-in-bulk"
    DISABLES_LOGGING = "disables-logging"
    READS_AUDIT_LOG = "reads-audit-log"
    ADMINISTERS_IDENTITY = "administers-identity"
    APPROVES_ACCESS = "approves-access"
    RESETS_CREDENTIALS = "resets-credentials"
    ADMINISTERS_KEYS = "administers-keys"
    USES_KEYS = "uses-keys"
    DESTROYS_KEYS = "destroys-keys"
    ENROLS_PROVIDERS = "enrols-providers"
    ONBOARDS_CLIENTS = "onboards-clients"
    CHANGES_CODE = "changes-code"
    DEPLOYS_CODE = "deploys-code"


class Level(StrEnum):
    """A three-step scale for risk and impact."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Cadence(StrEnum):
    """How often something recurs."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """Length in months."""
        return {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}[self.value]


class Factor(StrEnum):
    """A way to prove who one is. The first three resist phishing (NIST SP 800-63B-4, section 3.2.5)."""

    FIDO2 = "fido2"
    """Security key or platform passkey bound to the device."""
    DEVICE_BOUND = "device-bound"
    """Okta FastPass or Windows Hello for Business."""
    CERTIFICATE = "certificate"
    """Smart card or device certificate."""
    PUSH = "push"
    """Authenticator app with number matching."""
    TOTP = "totp"
    """Authenticator app's one-time code."""
    SMS = "sms"
    VOICE = "voice"

    @property
    def phishing_resistant(self) -> bool:
        """Whether a look-alike site can't relay it."""
        return self in (Factor.FIDO2, Factor.DEVICE_BOUND, Factor.CERTIFICATE)


class Channel(StrEnum):
    """How data travels between two parties."""

    SFTP = "sftp"
    HTTPS = "https"
    AS2 = "as2"
    VPN = "vpn"
    EMAIL = "email"
    FAX = "fax"
    PORTAL_UPLOAD = "portal-upload"
    DATABASE_TLS = "database-tls"


class TrainingTopic(StrEnum):
    """The five topics of the guide's curriculum."""

    HIPAA_BASICS = "hipaa-basics-and-minimum-necessary"
    ACCESS_POLICY = "access-control-policies"
    MFA_AND_PHISHING = "mfa-phishing-and-remote-work"
    PHI_HANDLING = "printed-phi-fax-scan-and-export"
    INCIDENT_REPORTING = "incident-reporting"
