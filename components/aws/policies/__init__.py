"""Policy documents as pure functions from names and account ids to canonical JSON. No Pulumi in here."""
