/** From file:// a page may not read others, so the search does without the lines around what it finds. */
if (location.protocol === "file:") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}

/** What is wider than the screen can be scrolled by keys too. */
for (const listing of document.querySelectorAll(".highlight pre")) listing.tabIndex = 0;
