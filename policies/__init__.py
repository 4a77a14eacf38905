"""CrossGuard rules and packs."""
