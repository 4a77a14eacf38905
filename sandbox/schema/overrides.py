"""What the SDKs don't say about their types, or say wrongly: from upstream source and recorded Checks.

`DEFAULTS` replaces the defaults read from the docstrings, which are often those of the service and not those
that Check fills in. Zero values (false, 0, "") are left out, as bridged providers leave them out.
"""

from typing import Any, Final

# Built on the Terraform plugin framework: Check fills in nothing and leaves no `__defaults`.
PLUGIN_FRAMEWORK: Final[frozenset[str]] = frozenset(
    "okta:" + name
    for name in (
        "app/accessPolicyAssignment:AccessPolicyAssignment",
        "app/connection:Connection",
        "app/features:Features",
        "app/federatedClaim:FederatedClaim",
        "app/oauthRoleAssignment:OauthRoleAssignment",
        "app/signonPolicyRules:SignonPolicyRules",
        "app/token:Token",
        "group/owner:Owner",
        "group/owners:Owners",
        "index/agentPoolUpdate:AgentPoolUpdate",
        "index/apiServiceIntegration:ApiServiceIntegration",
        "index/apiToken:ApiToken",
        "index/appSignonPolicy:AppSignonPolicy",
        "index/authenticatorMethodWebauthn:AuthenticatorMethodWebauthn",
        "index/authenticatorWebauthnCustomAaguid:AuthenticatorWebauthnCustomAaguid",
        "index/brand:Brand",
        "index/campaign:Campaign",
        "index/customizedSigninPage:CustomizedSigninPage",
        "index/device:Device",
        "index/emailSmtpServer:EmailSmtpServer",
        "index/emailTemplateSettings:EmailTemplateSettings",
        "index/endUserMyRequests:EndUserMyRequests",
        "index/entitlement:Entitlement",
        "index/entitlementBundle:EntitlementBundle",
        "index/entityRiskPolicyRule:EntityRiskPolicyRule",
        "index/feature:Feature",
        "index/hookKey:HookKey",
        "index/identitySourceGroup:IdentitySourceGroup",
        "index/identitySourceGroupMembership:IdentitySourceGroupMembership",
        "index/identitySourceImport:IdentitySourceImport",
        "index/identitySourceUser:IdentitySourceUser",
        "index/label:Label",
        "index/logStream:LogStream",
        "index/orgCaptcha:OrgCaptcha",
        "index/postAuthSessionPolicyRule:PostAuthSessionPolicyRule",
        "index/previewSigninPage:PreviewSigninPage",
        "index/principalRateLimits:PrincipalRateLimits",
        "index/pushGroup:PushGroup",
        "index/pushProvider:PushProvider",
        "index/rateLimitAdminNotificationSettings:RateLimitAdminNotificationSettings",
        "index/rateLimitWarningThresholdPercentage:RateLimitWarningThresholdPercentage",
        "index/realm:Realm",
        "index/realmAssignment:RealmAssignment",
        "index/requestCondition:RequestCondition",
        "index/requestSequence:RequestSequence",
        "index/requestSettingOrganization:RequestSettingOrganization",
        "index/requestSettingResource:RequestSettingResource",
        "index/requestV2:RequestV2",
        "index/resourceOwner:ResourceOwner",
        "index/review:Review",
        "index/roleSubscription:RoleSubscription",
        "index/securityEventsProvider:SecurityEventsProvider",
        "index/sessionViolationPolicyRule:SessionViolationPolicyRule",
        "index/threatInsightSettings:ThreatInsightSettings",
        "index/trustedServer:TrustedServer",
        "index/uiSchema:UiSchema",
        "policy/deviceAssuranceAndroid:DeviceAssuranceAndroid",
        "policy/deviceAssuranceChromeos:DeviceAssuranceChromeos",
        "policy/deviceAssuranceIos:DeviceAssuranceIos",
        "policy/deviceAssuranceMacos:DeviceAssuranceMacos",
        "policy/deviceAssuranceWindows:DeviceAssuranceWindows",
        "trustedorigin/origin:Origin",
        "user/risk:Risk",
    )
) | frozenset(
    "aws:" + name
    for name in (
        "account/region:Region",
        "backup/logicallyAirGappedVault:LogicallyAirGappedVault",
        "backup/restoreTestingPlan:RestoreTestingPlan",
        "backup/restoreTestingSelection:RestoreTestingSelection",
        "cfg/retentionConfiguration:RetentionConfiguration",
        "guardduty/malwareProtectionPlan:MalwareProtectionPlan",
        "iam/organizationsFeatures:OrganizationsFeatures",
        "iam/rolePoliciesExclusive:RolePoliciesExclusive",
        "iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
        "s3/bucketAbac:BucketAbac",
        "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "securityhub/standardsControlAssociation:StandardsControlAssociation",
        "ssoadmin/application:Application",
        "ssoadmin/applicationAccessScope:ApplicationAccessScope",
        "ssoadmin/applicationAssignmentConfiguration:ApplicationAssignmentConfiguration",
        "ssoadmin/applicationAssignment:ApplicationAssignment",
        "ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive",
        "ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive",
        "ssoadmin/trustedTokenIssuer:TrustedTokenIssuer",
    )
)

_RULE: Final[dict[str, Any]] = {"networkConnection": "ANYWHERE", "status": "ACTIVE"}
_APP: Final[dict[str, Any]] = {
    "status": "ACTIVE",
    "userNameTemplate": "${source.login}",
    "userNameTemplateType": "BUILT_IN",
}
_PASSWORD: Final[dict[str, Any]] = {
    "callRecovery": "INACTIVE",
    "emailRecovery": "ACTIVE",
    "passwordMaxLockoutAttempts": 10.0,
    "passwordMinLength": 8.0,
    "passwordMinLowercase": 1.0,
    "passwordMinNumber": 1.0,
    "passwordMinUppercase": 1.0,
    "questionMinLength": 4.0,
    "questionRecovery": "ACTIVE",
    "recoveryEmailToken": 60.0,
    "smsRecovery": "INACTIVE",
}

DEFAULTS: Final[dict[str, dict[str, Any]]] = {
    "okta:index/appSignonPolicyRule:AppSignonPolicyRule": {
        "access": "ALLOW",
        "factorMode": "2FA",
        "networkConnection": "ANYWHERE",
        "reAuthenticationFrequency": "PT2H",
        "status": "ACTIVE",
        "type": "ASSURANCE",
    },
    "okta:policy/ruleSignon:RuleSignon": {
        **_RULE,
        "access": "ALLOW",
        "authtype": "ANY",
        "identityProvider": "ANY",
        "sessionIdle": 120.0,
        "sessionLifetime": 120.0,
    },
    "okta:policy/rulePassword:RulePassword": {
        **_RULE,
        "passwordChange": "ALLOW",
        "passwordReset": "ALLOW",
        "passwordUnlock": "DENY",
    },
    "okta:policy/ruleMfa:RuleMfa": {**_RULE, "enroll": "CHALLENGE"},
    "okta:policy/password:Password": {**_PASSWORD, "authProvider": "OKTA", "status": "ACTIVE"},
    "okta:index/policyPasswordDefault:PolicyPasswordDefault": {**_PASSWORD, "passwordHistoryCount": 4.0},
    "okta:network/zone:Zone": {"status": "ACTIVE", "usage": "POLICY"},
    "okta:app/saml:Saml": {**_APP, "samlVersion": "2.0"},
    "okta:app/oAuth:OAuth": {
        **_APP,
        "autoKeyRotation": True,
        "consentMethod": "TRUSTED",
        "hideIos": True,
        "hideWeb": True,
        "issuerMode": "ORG_URL",
        "loginMode": "DISABLED",
        "refreshTokenRotation": "STATIC",
        "tokenEndpointAuthMethod": "client_secret_basic",
        "wildcardRedirect": "DISABLED",
    },
    "okta:index/userSchemaProperty:UserSchemaProperty": {
        "master": "PROFILE_MASTER",
        "permissions": "READ_ONLY",
        "scope": "NONE",
        "userType": "default",
    },
    "okta:index/userBaseSchemaProperty:UserBaseSchemaProperty": {
        "master": "PROFILE_MASTER",
        "permissions": "READ_ONLY",
        "userType": "default",
    },
    "okta:index/groupSchemaProperty:GroupSchemaProperty": {
        "master": "PROFILE_MASTER",
        "permissions": "READ_ONLY",
        "scope": "NONE",
    },
    "okta:index/authenticator:Authenticator": {"status": "ACTIVE"},
    "okta:index/eventHook:EventHook": {"status": "ACTIVE"},
    "azuread:index/accessPackageResourcePackageAssociation:AccessPackageResourcePackageAssociation": {
        "accessType": "Member"
    },
    "azuread:index/application:Application": {"signInAudience": "AzureADMyOrg"},
    "azuread:index/applicationRegistration:ApplicationRegistration": {
        "requestedAccessTokenVersion": 2.0,
        "signInAudience": "AzureADMyOrg",
    },
    "azuread:index/applicationCertificate:ApplicationCertificate": {"encoding": "pem"},
    "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate": {"encoding": "pem"},
    "azuread:index/invitation:Invitation": {"userType": "Guest"},
    "azuread:index/servicePrincipal:ServicePrincipal": {"accountEnabled": True},
    "azuread:index/user:User": {"accountEnabled": True, "showInAddressList": True},
    "aws:kms/key:Key": {
        "customerMasterKeySpec": "SYMMETRIC_DEFAULT",
        "isEnabled": True,
        "keyUsage": "ENCRYPT_DECRYPT",
    },
    "aws:kms/replicaKey:ReplicaKey": {"deletionWindowInDays": 30.0, "enabled": True},
    "aws:kms/externalKey:ExternalKey": {"deletionWindowInDays": 30.0},
    "aws:iam/role:Role": {"maxSessionDuration": 3600.0, "path": "/"},
    "aws:iam/policy:Policy": {"path": "/"},
    "aws:iam/user:User": {"path": "/"},
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": {
        "allowUsersToChangePassword": True,
        "minimumPasswordLength": 6.0,
    },
    "aws:cloudtrail/trail:Trail": {"enableLogging": True, "includeGlobalServiceEvents": True},
    "aws:cloudwatch/eventRule:EventRule": {"eventBusName": "default"},
    "aws:cloudwatch/eventTarget:EventTarget": {"eventBusName": "default"},
    "aws:cloudwatch/metricAlarm:MetricAlarm": {"actionsEnabled": True, "treatMissingData": "missing"},
    "aws:cfg/recorder:Recorder": {"name": "default"},
    "aws:cfg/deliveryChannel:DeliveryChannel": {"name": "default"},
    "aws:guardduty/detector:Detector": {"enable": True},
    "aws:sns/topic:Topic": {},
    "aws:sqs/queue:Queue": {
        "maxMessageSize": 262144.0,
        "messageRetentionSeconds": 345600.0,
        "visibilityTimeoutSeconds": 30.0,
    },
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": {},
    "aws:secretsmanager/secret:Secret": {"recoveryWindowInDays": 30.0},
    "aws:securityhub/account:Account": {"autoEnableControls": True, "enableDefaultStandards": True},
    "aws:ssoadmin/permissionSet:PermissionSet": {"sessionDuration": "PT1H"},
    "aws:organizations/policy:Policy": {"type": "SERVICE_CONTROL_POLICY"},
    "aws:organizations/organization:Organization": {"featureSet": "ALL"},
    "aws:transfer/server:Server": {
        "domain": "S3",
        "endpointType": "PUBLIC",
        "identityProviderType": "SERVICE_MANAGED",
        "securityPolicyName": "TransferSecurityPolicy-2018-11",
    },
    "aws:lambda/function:Function": {
        "memorySize": 128.0,
        "packageType": "Zip",
        "reservedConcurrentExecutions": -1.0,
        "timeout": 3.0,
    },
}

# The argument that gets a generated name when absent, where it is not `name`; "" where none does.
AUTONAME: Final[dict[str, str]] = {
    "aws:s3/bucket:Bucket": "bucket",
    "aws:cfg/recorder:Recorder": "",
    "aws:cfg/deliveryChannel:DeliveryChannel": "",
    "aws:rds/instance:Instance": "identifier",
    "aws:rds/cluster:Cluster": "clusterIdentifier",
    "okta:index/authServerDefault:AuthServerDefault": "",
    "okta:index/policyProfileEnrollment:PolicyProfileEnrollment": "name",
}

# Required by the SDK's signature, filled in by the service all the same.
OPTIONAL: Final[dict[str, frozenset[str]]] = {}

# Secret whatever the SDK says.
SECRETS: Final[dict[str, frozenset[str]]] = {
    "okta:index/eventHook:EventHook": frozenset({"auth"}),
    "okta:inline/hook:Hook": frozenset({"auth"}),
}
