"""Cognito user pools: moto's control plane, with real Lambda triggers, sessions and tokens on top of it."""
