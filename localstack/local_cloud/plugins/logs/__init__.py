"""Plugins that change CloudWatch Logs."""
