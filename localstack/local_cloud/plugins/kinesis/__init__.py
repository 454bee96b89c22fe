"""Plugins that change Kinesis."""
