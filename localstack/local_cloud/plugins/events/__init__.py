"""Plugins that change EventBridge."""
