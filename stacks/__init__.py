"""Composition: settings, layers, and the binding of the catalogue to component arguments."""
