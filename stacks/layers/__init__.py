"""One layer a file: what goes into one stack."""
