"""What must hold of what the learner built, a module each for files, for the running workflow and for rules."""
