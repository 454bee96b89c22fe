"""Plugins that change CloudFormation."""
