"""LocalStack on a laptop, from registry packages alone. Knows nothing of the application that runs on it."""
