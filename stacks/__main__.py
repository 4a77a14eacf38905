"""Entry point of `pulumi up`; everything is in `billing_identity.stacks.program`."""

from billing_identity.stacks.program import main

main()
