"""Plugins that change LocalStack's own gateway, which all requests to it pass."""
