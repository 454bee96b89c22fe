"""The shop: its menu, open or closed, limits and places at the bar (the original's Config and Counting)."""
