"""On Linux, functions are forks of a Python that has loaded already what Lambda's runtime brings: boto3 above all.

    ForkServers (in LocalStack) --socket--> server (one for each interpreter) --fork--> forked_function
                                              preloading

`server`, `preloading` and `forked_function` run in the function's Python, whichever 3.10 or later that is, and see
no package but its own. Nothing of a function is ever loaded where others are forked from.
"""
