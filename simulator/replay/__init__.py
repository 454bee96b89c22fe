"""Recording what is on the bar's bus, and playing a recorded day again (the original's EventPlayer)."""
