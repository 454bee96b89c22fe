/** From file:// a page may not read others, so the search does without the lines around what it finds. */
if (location.protocol === "file:") {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
}
