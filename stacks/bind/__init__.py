"""Pure functions from catalogue and settings to component arguments: the one translator between the two."""
