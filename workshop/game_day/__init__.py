"""A game day: something is broken at the running bar, and whoever is on duty finds and mends it (module 5c)."""
