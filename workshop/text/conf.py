"""How Sphinx makes pages of docs/workshop: https://www.sphinx-doc.org/en/master/usage/configuration.html.

`tools/text` says in which language. Nothing here may ask the network for anything, neither when pages are built nor
when they are read.
"""

from pathlib import Path

HERE = Path(__file__).parent

project = "Serverlesspresso"
html_title = "Serverlesspresso"
root_doc = "README"
extensions = ["myst_parser", "sphinx_copybutton", "workshop.text.markdown", "workshop.text.languages"]
myst_heading_anchors = 3

# One file of messages for each page; `make translations` brings them up to date.
gettext_compact = False
gettext_location = False
locale_dirs = [str(HERE / "locale")]

# What is copied is what is typed: the prompt is left out, and so is what a command answers.
copybutton_prompt_text = "$ "
copybutton_copy_empty_lines = False

html_theme = "furo"
html_static_path = ["static"]
templates_path = [str(HERE / "templates")]
html_css_files = ["workshop.css"]
html_js_files = [("reading.js", {"defer": "defer"}), ("progress.js", {"defer": "defer"})]
html_use_index = False
html_copy_source = False
html_show_copyright = False
html_show_sourcelink = False
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "languages.html",
        "sidebar/scroll-end.html",
        "words.html",
    ]
}
