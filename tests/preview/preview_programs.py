"""Small programs that several tests of the preview share."""

import pulumi
import pulumi_aws as aws
import pulumi_azuread as azuread
import pulumi_okta as okta

TOKEN = "okta-token-that-must-not-get-out"
ACCOUNT = "111122223333"


class Providers:
    """One explicit provider a service."""

    def __init__(self) -> None:
        self.okta = okta.Provider(
            "okta", org_name="acme", base_url="okta.com", api_token=pulumi.Output.secret(TOKEN)
        )
        self.azuread = azuread.Provider("entra", tenant_id="11111111-2222-3333-4444-555555555555")
        self.aws = aws.Provider(
            "aws",
            region="eu-central-1",
            allowed_account_ids=[ACCOUNT],
            default_tags=aws.ProviderDefaultTagsArgs(tags={"owner": "billing"}),
        )


class Vault(pulumi.ComponentResource):
    """A bucket with its settings, as components build them."""

    def __init__(self, name: str, bucket: str, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("billing:aws:Vault", name, None, opts)
        inner = pulumi.ResourceOptions(parent=self)
        self.bucket = aws.s3.Bucket(f"{name}-bucket", bucket=bucket, opts=inner)
        self.versioning = aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=self.bucket.id,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
            opts=pulumi.ResourceOptions(parent=self.bucket),
        )
        self.register_outputs({"arn": self.bucket.arn})


def reference() -> None:
    """A little of everything over the three services."""
    providers = Providers()
    group = okta.group.Group(
        "coder",
        name="role-medical-coder",
        description="Medical Coder",
        opts=pulumi.ResourceOptions(provider=providers.okta, protect=True),
    )
    okta.group.Rule(
        "coder-rule",
        name="jml-medical-coder",
        status="ACTIVE",
        expression_value='user.jobCode=="MC"',
        group_assignments=[group.id],
        opts=pulumi.ResourceOptions(provider=providers.okta, delete_before_replace=True),
    )
    entra = azuread.Group(
        "coder",
        display_name="role-medical-coder",
        security_enabled=True,
        opts=pulumi.ResourceOptions(provider=providers.azuread),
    )
    vault = Vault("ephi", "acme-ephi", pulumi.ResourceOptions(providers=[providers.aws], protect=True))
    pulumi.export("group", entra.object_id)
    pulumi.export("bucket", vault.bucket.arn)
    pulumi.export("token", providers.okta.api_token)
