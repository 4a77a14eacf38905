"""An SFTP server inside a VPC that only named networks reach, with strong ciphers and a log of every step."""

import ipaddress
from typing import NotRequired, TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected

SECURITY_POLICIES = (
    "TransferSecurityPolicy-FIPS-2025-03",
    "TransferSecurityPolicy-FIPS-2024-05",
    "TransferSecurityPolicy-FIPS-2024-01",
    "TransferSecurityPolicy-2025-03",
    "TransferSecurityPolicy-2024-01",
    "TransferSecurityPolicy-SshAuditCompliant-2025-02",
)
"""Security policies that are accepted, best first, as of 2026-11-24. A newer name is refused until somebody
has read what it offers; the provider's own default dates from 2018."""

WIDEST_PREFIX = {4: 24, 6: 48}
"""Shortest prefix of a partner's network by IP version: its gateways are a handful of addresses."""


class SftpNetworkArgs(TypedDict):
    """One network that may connect."""

    cidr: str
    """The partner's own network, a /24 (IPv6: a /48) at the widest."""
    partner: str
    """Who that is, for the rule's description."""


class SftpServerArgs(TypedDict):
    """Arguments of SftpServer."""

    server: str
    """Name of the security group, and the tag `Name`."""
    region: str
    vpc_id: str
    subnet_ids: list[str]
    """One a zone; two at least for a server that survives the loss of one."""
    address_allocation_ids: NotRequired[list[str]]
    """Elastic addresses, one a subnet, for partners on the internet; none for partners on a private line."""
    networks: list[SftpNetworkArgs]
    """Who may connect; nobody else."""
    security_policy: NotRequired[str]
    """One of SECURITY_POLICIES; the first by default."""
    log_group_arn: str
    """Log group that takes every session as JSON, without `:*`."""
    tags: dict[str, str]


class SftpServer(pulumi.ComponentResource):
    """Server with users of its own (no passwords), and its security group.

    Raises ComponentInputError, before anything is registered, for a security policy that is not accepted, a
    network that is none or everybody, no subnet, and a number of addresses that does not fit the subnets.
    """

    server_id: pulumi.Output[str]
    endpoint: pulumi.Output[str]
    host_key_fingerprint: pulumi.Output[str]
    """What partners compare when they connect for the first time."""

    def __init__(self, name: str, args: SftpServerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        super().__init__("billing-identity:aws:SftpServer", name, {}, protected(opts))
        tagged = {**args["tags"], "Name": args["server"]}
        group = aws.ec2.SecurityGroup(
            name,
            name=args["server"],
            description="SFTP from named partners, and nothing out",
            vpc_id=args["vpc_id"],
            region=args["region"],
            revoke_rules_on_delete=True,
            tags=tagged,
            opts=child(self),
        )
        for network in args["networks"]:
            cidr = network["cidr"]
            four = ipaddress.ip_network(cidr).version == 4
            aws.vpc.SecurityGroupIngressRule(
                f"{name}-{cidr.replace('/', '-').replace(':', '-')}",
                security_group_id=group.id,
                region=args["region"],
                description=f"SFTP from {network['partner']}",
                ip_protocol="tcp",
                from_port=22,
                to_port=22,
                cidr_ipv4=cidr if four else None,
                cidr_ipv6=None if four else cidr,
                tags=tagged,
                # A partner who leaves is shut out by the next update, whatever protects the server.
                opts=pulumi.ResourceOptions.merge(child(self), pulumi.ResourceOptions(protect=False)),
            )
        server = aws.transfer.Server(
            name,
            region=args["region"],
            domain="S3",
            protocols=["SFTP"],
            identity_provider_type="SERVICE_MANAGED",
            endpoint_type="VPC",
            endpoint_details=aws.transfer.ServerEndpointDetailsArgs(
                vpc_id=args["vpc_id"],
                subnet_ids=args["subnet_ids"],
                security_group_ids=[group.id],
                address_allocation_ids=args.get("address_allocation_ids"),
            ),
            security_policy_name=args.get("security_policy", SECURITY_POLICIES[0]),
            structured_log_destinations=[f"{args['log_group_arn']}:*"],
            force_destroy=False,
            tags=tagged,
            # The host key is made by the service: one of our own would stand in the state.
            opts=child(self),
        )
        self.server_id = server.id
        self.endpoint = server.endpoint
        self.host_key_fingerprint = server.host_key_fingerprint
        self.register_outputs(
            {
                "server_id": self.server_id,
                "endpoint": self.endpoint,
                "host_key_fingerprint": self.host_key_fingerprint,
                "catalogue_id": args["tags"]["CatalogueId"],
            }
        )

    @staticmethod
    def check(name: str, args: SftpServerArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, SftpServerArgs)
        found = [*checks.region(args["region"]), *checks.tags(args["tags"])]
        policy = args.get("security_policy", SECURITY_POLICIES[0])
        if policy not in SECURITY_POLICIES:
            found.append(f"security_policy {policy!r}: write one of {', '.join(SECURITY_POLICIES)}")
        if not args["subnet_ids"]:
            found.append("subnet_ids: empty; name a subnet of the VPC")
        addresses = args.get("address_allocation_ids", [])
        if addresses and len(addresses) != len(args["subnet_ids"]):
            found.append("address_allocation_ids: one for each subnet, or none")
        if not args["networks"]:
            found.append("networks: empty; a server that nobody reaches")
        found += [
            f"network {item['cidr']!r} of {item['partner']}: {fault}"
            for item in args["networks"]
            if (fault := _network(item["cidr"]))
        ]
        checks.require(f"SFTP server {name}", found)


def _network(cidr: str) -> str:
    try:
        network = ipaddress.ip_network(cidr, strict=True)
    except ValueError:
        return "write a network such as 203.0.113.16/28"
    if network.is_loopback or network.is_multicast or network.is_link_local or network.is_unspecified:
        return "no network from which a partner can connect"
    if network.prefixlen < WIDEST_PREFIX[network.version]:
        return f"wider than a /{WIDEST_PREFIX[network.version]}; write the partner's own network"
    return ""
