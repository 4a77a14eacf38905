"""How Okta behaves."""
