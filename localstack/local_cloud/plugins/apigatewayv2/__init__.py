"""API Gateway WebSocket APIs: deployments and stages, which moto lacks, and the connections themselves.

A stage is at `ws://127.0.0.1:4566/_aws/execute-api/<api id>/<stage>`: the API's ApiEndpoint and the stage's name, as on
AWS. Where names below `localhost` resolve, it is at `ws://<api id>.execute-api.<region>.localhost:4566/<stage>` too.

`gateway` puts the parts together. What API Gateway decides is in modules that know neither LocalStack nor Twisted:
`routing`, `selection`, `events`, `answers`, `authorization`, `messages`, `outbox`, `limits`, `stages`. The others
attach it: `operations` is the control plane, `handshake` opens a connection, `connection` is its socket,
`conversation` tells the functions about it, and `management` is the @connections API.

Threads: LocalStack handles each HTTP request, a handshake included, in a thread of its own. An open connection has
none: everything about it happens in Twisted's reactor thread, and its functions are called by a few threads that all
connections share. So an idle connection costs a socket and some memory.
"""
