"""Where the duties of people work in AWS."""

from dataclasses import dataclass

from billing_identity.components.aws import arns


@dataclass(frozen=True)
class Scope:
    """Where the duties work: names and accounts by construction."""

    region: str
    replica_region: str
    keys_account: str
    data_account: str
    logs_account: str
    store_prefix: str
    """What the names of the ePHI stores begin with."""
    archive: str
    activity: str
    documents: str
    search_results: str
    workgroup: str
    database: str
    log_groups: str
    """Pattern of the log groups' names."""

    @property
    def partition(self) -> str:
        """Partition of the Region."""
        return arns.partition(self.region)

    @property
    def keys(self) -> tuple[str, str]:
        """Patterns of the keys in both Regions."""
        return (
            arns.keys_of(self.keys_account, self.region),
            arns.keys_of(self.keys_account, self.replica_region),
        )

    @property
    def aliases(self) -> tuple[str, ...]:
        """Patterns of the keys' aliases: KMS asks for rights to the alias and to its key."""
        return tuple(
            f"arn:{self.partition}:kms:{region}:{self.keys_account}:alias/*"
            for region in (self.region, self.replica_region)
        )

    def via(self, *services: str) -> dict[str, dict[str, list[str]]]:
        """Condition: through these services, in either Region."""
        return {
            "StringEquals": {
                "kms:ViaService": [
                    f"{service}.{region}.amazonaws.com"
                    for service in services
                    for region in (self.region, self.replica_region)
                ]
            }
        }
