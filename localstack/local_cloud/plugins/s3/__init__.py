"""Plugins that change S3."""
