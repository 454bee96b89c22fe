"""What lies in the environment of functions beside their locked packages, and runs before their code."""
