"""The Okta half of the identity layer, one subject a file, in the order in which it is declared."""
