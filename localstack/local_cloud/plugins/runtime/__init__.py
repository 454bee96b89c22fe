"""Plugins that change LocalStack's process: its server, threads, memory, and how its plugins are loaded."""
