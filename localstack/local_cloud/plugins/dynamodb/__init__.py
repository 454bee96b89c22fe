"""Plugins that change DynamoDB."""
