/**
 * The learner's progress beside the paragraphs that it is about: ticks, and what the last check found.
 *
 * It comes from the program that serves the pages on this machine (`make read`). Wherever else they are read, from
 * file:// too, nothing is asked for and nothing shown.
 */
(() => {
  const words = document.getElementById("progress-words")?.dataset;
  const page = location.pathname.split("/").pop().replace(/\.html$/, "");
  const links = [...document.querySelectorAll(".sidebar-tree a, article table a")];

  /** What was shown goes; what is shown now stands there afresh, so nothing stale can stay. */
  function show({ module, held = {}, steps = {}, finding }) {
    document.querySelectorAll(".progress-mark, .progress-finding").forEach((shown) => shown.remove());
    for (const link of links) {
      const name = pageOf(link.getAttribute("href"));
      if (name in held) mark(link, "holds", words.holds);
      else if (name === module) mark(link, "here", words.here);
    }
    if (page in held) mark(document.querySelector("article h1"), "holds", words.holds);
    for (const step of Object.keys(steps)) mark(headingOf(step), "holds", words.holds);
    if (finding) showFinding(finding);
  }

  function pageOf(address) {
    return address === "#" ? page : address.match(/^([^/#]+)\.html$/)?.[1];
  }

  const SIGNS = { holds: "✓", here: "●", fails: "✗" };

  function mark(place, kind, says) {
    if (!place) return;
    const sign = document.createElement("span");
    sign.className = `progress-mark ${kind}`;
    sign.title = says;
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", `, ${says}`); // behind a heading's own words
    sign.textContent = SIGNS[kind];
    place.append(sign);
  }

  function sectionOf(step) {
    return document.querySelector(`.step-${CSS.escape(step)}`);
  }

  function headingOf(step) {
    return sectionOf(step)?.querySelector("h2");
  }

  function showFinding({ step, title, seen, expected, where = [], try: attempt }) {
    const section = sectionOf(step);
    if (!section) return;
    mark(headingOf(step), "fails", words.fails);
    const note = document.createElement("aside");
    note.className = "progress-finding";
    note.lang = "en"; // checks speak English
    note.setAttribute("aria-label", words.fails);
    note.append(line("title", "", `✗ ${title}`));
    const lines = [["seen", seen], ["expected", expected], ...where.map((one) => ["where", one]), ["try", attempt]];
    for (const [heading, text] of lines) if (text) note.append(line(heading, words[heading], text));
    placeFor(section, [...where, seen ?? ""].join(" ")).after(note);
  }

  function line(kind, heading, text) {
    const paragraph = document.createElement("p");
    paragraph.className = kind;
    const { lang } = document.documentElement;
    if (heading) paragraph.append(Object.assign(document.createElement("b"), { textContent: heading, lang }));
    paragraph.append(/^http:\/\/127\.0\.0\.1[:/]/.test(text) ? address(text) : text);
    return paragraph;
  }

  function address(text) {
    return Object.assign(document.createElement("a"), { href: text, textContent: text, target: "_blank" });
  }

  /** The first paragraph or listing that names a state or rule that the finding names; else the step's heading. */
  function placeFor(section, told) {
    const kinds = ":scope > p:not(:has(.drawing)), :scope > ul > li, :scope > div[class*=highlight-]";
    const blocks = [...section.querySelectorAll(kinds)];
    const names = [...told.matchAll(/“([^”]+)”|\brule ([\w-]+)/g)].map(([, state, rule]) => state ?? rule);
    const about = (name) => blocks.find(({ textContent }) => textContent.includes(name));
    const found = names.map(about).find(Boolean) ?? section.querySelector("h2");
    return found.localName === "li" ? found.lastChild : found;
  }

  if (words && ["127.0.0.1", "localhost"].includes(location.hostname)) {
    new EventSource("/progress").addEventListener("message", ({ data }) => show(JSON.parse(data)));
  }
})();
