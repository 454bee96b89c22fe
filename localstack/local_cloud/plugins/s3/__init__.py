"""What the local cloud changes about LocalStack's S3."""
