"""Removes DynamoDB items whose time to live is over, as the service does it: soon, and said so in the stream."""
