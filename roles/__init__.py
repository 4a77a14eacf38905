"""The catalogue of billing roles and its meaning: entities, loader, checks and queries. No Pulumi in here."""
