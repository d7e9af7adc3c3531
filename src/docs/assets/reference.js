// What scripts add to a reference, which is complete without them: the choice of handler type and sample language, search, and trying
// requests.
import { fragment } from "./address.js";
import { chooseTool, chooseType, startChoices } from "./choices.js";
import { startSearch } from "./search.js";
import { startTrying } from "./try.js";

startChoices();
startSearch(reveal);
startTrying();
startContents();
follow();
addEventListener("hashchange", follow);
addEventListener("popstate", follow);

/** Shows the place that the URL names, and chooses its handler type. */
function follow() {
  const id = fragment();
  const type = id.split("/")[1];
  if (type) chooseType(type);
  const place = document.getElementById(id);
  if (place) reveal(place);
}

/**
 * Opens everything that hides a place.
 *
 * @param {Element} place
 */
function reveal(place) {
  const type = place.closest("main [data-type]")?.getAttribute("data-type");
  if (type) chooseType(type);
  const tool = place.closest("[data-tool]")?.getAttribute("data-tool");
  if (tool) chooseTool(tool);
}

/** Marks the reader's position in the contents, and makes the language links lead to the same place. */
function startContents() {
  /** @type {Map<string, HTMLAnchorElement>} */
  const links = new Map();
  for (const link of document.querySelectorAll("#contents a")) {
    if (link instanceof HTMLAnchorElement) links.set(link.hash.slice(1), link);
  }
  const sections = [...links.keys()].flatMap((id) => document.getElementById(id) ?? []);
  let current = "";
  const mark = () => {
    const line = innerHeight / 2;
    const next = sections.filter((each) => each.getBoundingClientRect().top < line).at(-1)?.id ?? "overview";
    if (next === current) return;
    links.get(current)?.removeAttribute("aria-current");
    current = next;
    links.get(current)?.setAttribute("aria-current", "location");
  };
  let isWaiting = false;
  addEventListener(
    "scroll",
    () => {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        mark();
      });
    },
    { passive: true },
  );
  // In the next frame, together with the layout for the scripts' own changes.
  requestAnimationFrame(mark);
  for (const link of document.querySelectorAll(".languages a")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const lead = () => {
      mark();
      const asked = fragment();
      const section = document.getElementById(asked.split(/[/.]/)[0] ?? "")?.getBoundingClientRect();
      const isHere = section !== undefined && section.top < innerHeight && section.bottom > 0;
      link.hash = isHere ? asked : current;
    };
    link.addEventListener("pointerdown", lead);
    link.addEventListener("focus", lead);
    link.addEventListener("click", lead);
  }
}
