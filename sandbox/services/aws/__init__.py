"""How AWS behaves."""
