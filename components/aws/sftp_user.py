"""A user of an SFTP server: keys only, one folder only."""

from typing import TypedDict

import pulumi
import pulumi_aws as aws

from billing_identity.components.aws import checks
from billing_identity.components.aws.options import child, protected
from billing_identity.components.aws.policies.exchange_policy import partner_session


class SftpUserArgs(TypedDict):
    """Arguments of SftpUser."""

    server_id: pulumi.Input[str]
    """Id of the server: `s-...`."""
    user: str
    """Name with which the partner signs in: 3 to 100 letters, digits and `_.@-`."""
    region: str
    role_arn: str
    """Role that the server takes on; the session policy narrows it to the folder."""
    bucket: str
    folder: str
    """Folder in the bucket, without a slash at its ends: `rvbh/claims-to-waystar`."""
    brings: bool
    """Whether files may be put into `in`."""
    fetches: bool
    """Whether files may be taken from `out`."""
    keys_account_id: str
    """Account of the key of the bucket."""
    public_keys: list[str]
    """In OpenSSH's one-line form; one to ten."""
    tags: dict[str, str]


class SftpUser(pulumi.ComponentResource):
    """User that sees `/in`, `/out` or both, and nothing above or beside them.

    Raises ComponentInputError for a name that Transfer Family refuses, a folder that climbs, no direction, no
    key, more than ten, and anything that is no public key (a private key above all).
    """

    def __init__(self, name: str, args: SftpUserArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        self.check(name, args)
        session = partner_session(
            args["bucket"],
            args["folder"],
            brings=args["brings"],
            fetches=args["fetches"],
            region=args["region"],
            keys_account=args["keys_account_id"],
        )
        super().__init__("billing-identity:aws:SftpUser", name, {}, protected(opts))
        ways = [way for way, wanted in (("in", args["brings"]), ("out", args["fetches"])) if wanted]
        user = aws.transfer.User(
            name,
            server_id=args["server_id"],
            user_name=args["user"],
            region=args["region"],
            role=args["role_arn"],
            home_directory_type="LOGICAL",
            home_directory_mappings=[
                aws.transfer.UserHomeDirectoryMappingArgs(
                    entry=f"/{way}", target=f"/{args['bucket']}/{args['folder']}/{way}"
                )
                for way in ways
            ],
            policy=session,
            tags=args["tags"],
            opts=child(self),
        )
        for number, body in enumerate(args["public_keys"], 1):
            aws.transfer.SshKey(
                f"{name}-{number}",
                server_id=args["server_id"],
                user_name=user.user_name,
                region=args["region"],
                body=" ".join(body.split()[:2]),
                opts=child(self),
            )
        self.register_outputs({"catalogue_id": args["tags"]["CatalogueId"]})

    @staticmethod
    def check(name: str, args: SftpUserArgs) -> None:
        """Raises ComponentInputError with every fault of the arguments; registers nothing."""
        checks.arguments(name, args, SftpUserArgs)
        found = [
            *checks.region(args["region"]),
            *checks.account(args["keys_account_id"], "keys_account_id"),
            *checks.bucket_name(args["bucket"]),
            *checks.role_patterns([args["role_arn"]], "role_arn"),
            *checks.tags(args["tags"]),
        ]
        plain = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.@-")
        user = args["user"]
        if not 3 <= len(user) <= 100 or set(user) - plain or user[0] in ".@-":
            found.append(
                f"user {user!r}: 3 to 100 letters, digits and _.@-, beginning with a letter or digit"
            )
        parts = args["folder"].split("/")
        if any(part in ("", ".", "..") or set(part) - plain for part in parts):
            found.append(f"folder {args['folder']!r}: names joined by single slashes, without . and ..")
        if not args["brings"] and not args["fetches"]:
            found.append("brings, fetches: one of them at least")
        if not 1 <= len(args["public_keys"]) <= 10:
            found.append("public_keys: one to ten")
        for number, key in enumerate(args["public_keys"], 1):
            if "PRIVATE" in key:
                found.append(f"public_keys: number {number} is a private key; it is out, ask for a new pair")
            elif len(key.split()) < 2 or not key.startswith(("ssh-rsa ", "ecdsa-sha2-")):
                found.append(f"public_keys: number {number} is no RSA or ECDSA key in OpenSSH's form")
        checks.require(f"SFTP user {name}", found)
