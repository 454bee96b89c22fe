"""The story of one order, as a page in S3 (the original's Order journey)."""
