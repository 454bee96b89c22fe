"""The workshop: a learner builds the bar, step by step, in a folder of their own, and is told what does not hold yet.

What a step's solution looks like is derived from the finished bar, so that there is one source for both.
"""
