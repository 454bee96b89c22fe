"""How the workshop's text becomes pages. Read by Sphinx, in an environment of its own (`tools/text`)."""

SOURCE_LANGUAGE = "en"
