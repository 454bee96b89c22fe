"""Plugins that change STS."""
