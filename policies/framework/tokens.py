"""Type tokens of the providers' resources, as the engine names them."""

OKTA_GROUP = "okta:group/group:Group"
OKTA_GROUP_RULE = "okta:group/rule:Rule"
OKTA_SAML = "okta:app/saml:Saml"
OKTA_OAUTH = "okta:app/oAuth:OAuth"
OKTA_APP_USER = "okta:app/user:User"
OKTA_GROUP_ASSIGNMENT = "okta:app/groupAssignment:GroupAssignment"
OKTA_GROUP_ASSIGNMENTS = "okta:index/appGroupAssignments:AppGroupAssignments"
OKTA_POLICY_ASSIGNMENT = "okta:app/accessPolicyAssignment:AccessPolicyAssignment"
OKTA_SIGN_ON_POLICY = "okta:index/appSignonPolicy:AppSignonPolicy"
OKTA_SIGN_ON_RULE = "okta:index/appSignonPolicyRule:AppSignonPolicyRule"
OKTA_SIGN_ON_RULES = "okta:app/signonPolicyRules:SignonPolicyRules"
OKTA_SESSION_RULE = "okta:policy/ruleSignon:RuleSignon"
OKTA_PASSWORD_POLICY = "okta:policy/password:Password"  # noqa: S105
OKTA_PASSWORD_DEFAULT = "okta:index/policyPasswordDefault:PolicyPasswordDefault"  # noqa: S105
OKTA_ZONE = "okta:network/zone:Zone"

ENTRA_GROUP = "azuread:index/group:Group"
ENTRA_GROUP_WITHOUT_MEMBERS = "azuread:index/groupWithoutMembers:GroupWithoutMembers"
ENTRA_CONDITIONAL_ACCESS = "azuread:index/conditionalAccessPolicy:ConditionalAccessPolicy"
ENTRA_STRENGTH = "azuread:index/authenticationStrengthPolicy:AuthenticationStrengthPolicy"
ENTRA_APPLICATION = "azuread:index/application:Application"
ENTRA_SERVICE_PRINCIPAL = "azuread:index/servicePrincipal:ServicePrincipal"
ENTRA_ROLE_ASSIGNMENT = "azuread:index/appRoleAssignment:AppRoleAssignment"
ENTRA_APP_PASSWORD = "azuread:index/applicationPassword:ApplicationPassword"  # noqa: S105
ENTRA_PRINCIPAL_PASSWORD = "azuread:index/servicePrincipalPassword:ServicePrincipalPassword"  # noqa: S105
ENTRA_DIRECTORY_ROLE_ASSIGNMENT = "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment"
ENTRA_DIRECTORY_ROLE_MEMBER = "azuread:index/directoryRoleMember:DirectoryRoleMember"
ENTRA_PIM_POLICY = "azuread:index/groupRoleManagementPolicy:GroupRoleManagementPolicy"
ENTRA_PIM_ASSIGNMENT = (
    "azuread:index/privilegedAccessGroupAssignmentSchedule:PrivilegedAccessGroupAssignmentSchedule"
)

AWS_KEY = "aws:kms/key:Key"
AWS_REPLICA_KEY = "aws:kms/replicaKey:ReplicaKey"
AWS_KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy"
AWS_BUCKET = "aws:s3/bucket:Bucket"
AWS_BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
AWS_BUCKET_PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
AWS_ACCOUNT_PUBLIC_ACCESS = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"
AWS_BUCKET_VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
AWS_BUCKET_ENCRYPTION = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
)
AWS_TRAIL = "aws:cloudtrail/trail:Trail"
AWS_LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
AWS_IAM_USER = "aws:iam/user:User"
AWS_IAM_ACCESS_KEY = "aws:iam/accessKey:AccessKey"
AWS_IAM_LOGIN = "aws:iam/userLoginProfile:UserLoginProfile"
AWS_IAM_SERVICE_CREDENTIAL = "aws:iam/serviceSpecificCredential:ServiceSpecificCredential"
AWS_IAM_ROLE = "aws:iam/role:Role"
AWS_IAM_POLICY = "aws:iam/policy:Policy"
AWS_IAM_ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
AWS_PERMISSION_SET = "aws:ssoadmin/permissionSet:PermissionSet"
AWS_PERMISSION_SET_POLICY = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
AWS_ACCOUNT_ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment"
AWS_IDENTITY_GROUP = "aws:identitystore/group:Group"

ANY = "*"
"""Stands for every type."""
OLD_NAMES = {
    "aws:s3/bucketV2:BucketV2": AWS_BUCKET,
    "aws:s3/bucketVersioningV2:BucketVersioningV2": AWS_BUCKET_VERSIONING,
    (
        "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
    ): AWS_BUCKET_ENCRYPTION,
    **{
        f"aws:s3/bucket{kind}V2:Bucket{kind}V2": f"aws:s3/bucket{kind}:Bucket{kind}"
        for kind in (
            "CorsConfiguration",
            "LifecycleConfiguration",
            "Logging",
            "ObjectLockConfiguration",
            "WebsiteConfiguration",
        )
    },
    **{
        f"aws:{old}/{kind[0].lower()}{kind[1:]}:{kind}": f"aws:{new}/{kind[0].lower()}{kind[1:]}:{kind}"
        for old, new in (("elasticloadbalancingv2", "lb"), ("applicationloadbalancing", "alb"))
        for kind in ("Listener", "ListenerRule", "LoadBalancer", "TargetGroup")
    },
    **{
        f"aws:elasticloadbalancing/{kind}": f"aws:elb/{kind}"
        for kind in (
            "listenerPolicy:ListenerPolicy",
            "loadBalancer:LoadBalancer",
            "sslNegotiationPolicy:SslNegotiationPolicy",
        )
    },
    "aws:s3/BucketObject:BucketObject": "aws:s3/bucketObject:BucketObject",
    "okta:auth/serverPolicyClaim:ServerPolicyClaim": "okta:auth/serverPolicyRule:ServerPolicyRule",
}
"""Names that programs for earlier majors still use, and the names of the same resources today."""


def current(type_: str) -> str:
    """Today's name of a type."""
    return OLD_NAMES.get(type_, type_)
