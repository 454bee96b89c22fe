"""Plugins that change Lambda."""
