"""What a cloud remembers when it is started again: LocalStack's stores, written to the state folder and read from it.

plugin -> saver -> snapshot -> containers, pickles -> executions, own_shapes
"""
