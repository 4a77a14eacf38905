"""Open incidents as arguments of the containment components."""
