"""Mutants of the rules' allowed examples: what a rule reads is removed, weakened and made unknown in turn."""
