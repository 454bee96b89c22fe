"""What a workshop is made of in which a learner builds the bar in a folder of their own: each step's workflow, derived
from the finished one, so that there is one source for both; that folder; and checks that say what does not hold yet.

`python -m workshop --help` names the verbs.
"""
