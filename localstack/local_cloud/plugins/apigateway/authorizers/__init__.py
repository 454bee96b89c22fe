"""API Gateway REST authorizers: routes that need a token refuse callers without one, as on AWS.

The rules are in `tokens`, `claims`, `policies` and `expressions`, which know nothing of LocalStack; the other
modules attach them to its gateway.
"""
