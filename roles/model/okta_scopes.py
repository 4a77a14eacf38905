"""The OAuth scopes of Okta's own interfaces."""

from __future__ import annotations

_READ_AND_MANAGE = """
    accessRequests.condition accessRequests.request agentPools apiTokens appGrants apps
    apps.interclientTrust authenticators authorizationServers behaviors botProtection brands captchas
    clients customTelephonyProvider deviceAssurance deviceIntegrations devicePostureChecks devices
    directories.groups domains dr emailDomains emailServers eventHooks features
    governance.accessCertifications governance.accessRequests governance.collections
    governance.entitlements governance.labels governance.principalSettings governance.resourceOwner
    governance.riskRule governance.securityAccessReviews.admin governance.securityAccessReviews.endUser
    governance.settings groups identitySources idps inlineHooks linkedObjects logStreams manifests
    networkZones oauthIntegrations orgs personal.adminSettings policies principalRateLimits
    privilegedResources profileMappings pushProviders rateLimits realmAssignments realms riskProviders
    roles schemas securityEventsProviders serviceAccounts serviceAccounts.okta sessions templates
    threatInsights trustedOrigins uischemas userRisk userTypes users
"""
_ONE_OF_A_KIND = """
    okta.accessRequests.catalog.read okta.authenticators.manage.self okta.clients.register
    okta.governance.delegates.read okta.governance.reviewer.read okta.logs.read okta.operations.read
    okta.riskEvents.manage okta.users.manage.self okta.users.read.self
"""
OKTA_SCOPES: frozenset[str] = frozenset(
    f"okta.{name}.{right}" for name in _READ_AND_MANAGE.split() for right in ("read", "manage")
) | frozenset(_ONE_OF_A_KIND.split())
"""Out of the security schemes of Okta's management and governance specifications (okta-sdk-golang and
okta-governance-sdk-golang, read 2026-11-24), and the scopes of OAuth clients, which are older than both."""
