"""Catalogue and settings as arguments of the Okta components: pure functions, one subject a file."""
