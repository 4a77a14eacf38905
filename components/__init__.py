"""Component resources for Okta, Microsoft Entra ID and AWS. They know Pulumi and nothing of the catalogue."""
