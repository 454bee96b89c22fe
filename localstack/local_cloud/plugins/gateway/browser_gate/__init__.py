"""Keeps the pages of other origins out of the cloud: a call of it can run code as the user, and needs no secret.

LocalStack looks at `Origin` and `Referer` alone, after some of its handlers, and lets through what lacks both: images,
`no-cors` requests, and pages of a name that was rebound to 127.0.0.1. Ours stands between the network and LocalStack's
gateway: what comes from there passes `rule.refusal` first, by HTTP, HTTPS and WebSockets alike. Calls that LocalStack
makes within its own process do not come from there.
"""
