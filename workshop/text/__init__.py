"""How the workshop's text becomes pages. Read by Sphinx alone, in an environment of its own (`tools/text`)."""
