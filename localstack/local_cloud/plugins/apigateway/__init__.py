"""Plugins that change API Gateway's REST APIs."""
