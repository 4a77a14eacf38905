"""A local stand-in for the Okta, Entra and AWS providers, speaking the Pulumi provider protocol."""
