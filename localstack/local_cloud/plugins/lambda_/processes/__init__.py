"""Runs Lambda functions as processes of this machine, through AWS's own runtime client, without Docker.

    LocalStack's Lambda service -> executor -> sandbox -> runtime_process -> runtime_api <-HTTP- awslambdaric
                                             process_pool          supervised_process -> supervisor ----^
                                                                              or fork_server

LocalStack decides which execution environment gets an invocation, and counts concurrency. `executor` hands each
invocation to a `sandbox`. All sandboxes live in one thread with one asyncio loop, which is why there are no locks.

Enforced as on AWS: the function's timeout, one invocation at a time in a process, reserved concurrency (by
LocalStack), 6 MB for a response, and which environment variables a function sees. Enforced as here seems right: a
function's memory size with some slack (`memory_limit`); LOCAL_CLOUD_LAMBDA_MAX_PROCESSES over all functions, beyond
which the process that has rested longest makes room or, if none rests, the caller is throttled; LocalStack's
LAMBDA_KEEPALIVE_MS for what rests; 1 MiB of output from one invocation. A process ends with everything in its process
group.

Layers are merged into a folder that is on the search paths; where Linux lets a user have namespaces, it lies over
`/opt` as well. What AWS calls `/tmp` is a folder that TMPDIR names; `/tmp` itself is the machine's.

Not enforced: the memory of what a function's process starts; the size of /tmp; CPU share; network; that code is
read-only (Python keeps its bytecode beside it, for faster cold starts); that a process is frozen between
invocations; IAM. A function may do whatever the user may who started LocalStack.

Not available, because LocalStack does not give them to executors: container images, client context. An
invocation that is in progress while its function is changed is finished, but LocalStack no longer stores its log.
"""
