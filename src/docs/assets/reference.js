// What scripts add to a reference, which is whole without them: one choice of handler type and of the samples' language, search, trying.
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

/** Shows the place of the address, with the handler type that it is about. */
function follow() {
  const id = fragment();
  const type = id.split("/")[1];
  if (type) chooseType(type);
  const place = document.getElementById(id);
  if (place) reveal(place);
}

/**
 * Makes a place visible, in whatever it is hidden.
 *
 * @param {Element} place
 */
function reveal(place) {
  const type = place.closest("main [data-type]")?.getAttribute("data-type");
  if (type) chooseType(type);
  const tool = place.closest("[data-tool]")?.getAttribute("data-tool");
  if (tool) chooseTool(tool);
}

/** Marks where the reader is in the contents, and has the languages lead to the same place. */
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
  // With the frame that the scripts' own changes are laid out for.
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
