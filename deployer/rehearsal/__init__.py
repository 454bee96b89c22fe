"""A deploy to an account of AWS that reaches nobody: what would be asked of AWS, and whether AWS would take it."""
