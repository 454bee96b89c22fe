"""Plugins that change Step Functions."""
