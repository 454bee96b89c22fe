"""Takes functions' requests for DynamoDB's items to DynamoDB Local past LocalStack.

LocalStack would hand them on as they are. But its process computes one thing at a time, and to hand one on takes it
longer than the database takes to answer: more than a third of all that a busy cloud computed. So a function's client
asks a server in DynamoDB Local's own process. Whatever LocalStack does more with than hand it on, such as tables,
replicas and PartiQL, goes from there through LocalStack, and so does everything while somebody notes what is called.
"""
