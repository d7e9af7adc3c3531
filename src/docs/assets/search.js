// Search in the page. The index is built from the page itself when the reader enters the search field.
import { say } from "./words.js";

/**
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} name what it is called: a heading, a field, a status
 * @property {string} place the section that it is in
 * @property {string} text
 */

/** Attributes of a field with a list of results (ARIA Authoring Practices, combobox). */
const combobox = {
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-expanded": "false",
  "aria-controls": "results",
};

/** How many results are shown. */
const most = 12;

/** @param {(place: Element) => void} reveal shows a place of the page that may be hidden */
export function startSearch(reveal) {
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById("search"));
  const results = document.getElementById("results");
  const box = field?.closest("search");
  if (!field || !results || !box) return;
  box.removeAttribute("hidden");
  for (const [name, value] of Object.entries(combobox)) field.setAttribute(name, value);
  results.setAttribute("role", "listbox");
  results.setAttribute("aria-label", results.dataset.label ?? "");
  /** @type {Promise<(text: string) => Entry[]> | undefined} */
  let engine;
  const open = () => {
    engine ??= loadEngine(field.dataset.engine ?? "").catch((error) => {
      // The next key press tries again.
      engine = undefined;
      throw error;
    });
    return engine;
  };
  let active = -1;

  const close = () => {
    results.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const show = async () => {
    const text = field.value.trim();
    if (text === "") return close();
    const find = await open();
    if (text !== field.value.trim()) return;
    const found = find(text).slice(0, most);
    active = found.length > 0 ? 0 : -1;
    results.replaceChildren(...(found.length > 0 ? found.map(renderEntry) : [nothing()]));
    results.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark();
  };
  const mark = () => {
    const options = [...results.querySelectorAll("a")];
    for (const [index, option] of options.entries())
      option.setAttribute("aria-selected", String(index === active));
    const option = options[active];
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const go = (/** @type {HTMLAnchorElement | undefined} */ link) => {
    if (!link) return;
    close();
    field.blur();
    const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place) reveal(place);
    location.hash = link.hash;
  };

  field.addEventListener("focus", () => void open().catch(() => undefined));
  field.addEventListener("input", () => void show().catch(close));
  field.addEventListener("keydown", (event) => {
    const options = [...results.querySelectorAll("a")];
    if (event.key === "Escape") close();
    else if (event.key === "Enter") go(options[active]);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const by = event.key === "ArrowDown" ? 1 : -1;
      active = options.length === 0 ? -1 : (active + by + options.length) % options.length;
      mark();
    }
  });
  results.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link) return;
    event.preventDefault();
    go(link);
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !box.contains(event.target)) close();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.matches("input, textarea, select");
    if ((event.key === "/" && !isTyping) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
}

/**
 * @param {string} source address of the search engine's script
 * @returns {Promise<(text: string) => Entry[]>}
 */
async function loadEngine(source) {
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const { MiniSearch } = /** @type {{ MiniSearch: typeof import("minisearch").default }} */ (
    /** @type {unknown} */ (globalThis)
  );
  const entries = readEntries();
  const index = new MiniSearch({
    fields: ["name", "place", "text"],
    searchOptions: { prefix: true, fuzzy: 0.2, combineWith: "AND", boost: { name: 4, place: 2 } },
  });
  index.addAll(entries);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return (text) => index.search(text).flatMap(({ id }) => byId.get(id) ?? []);
}

/** The searchable places of the page: sections, fields, answers, handler types. */
function readEntries() {
  const places = document.querySelectorAll("main section[id], main dl > div[id]");
  return [...places].map((place) => {
    const title = place.querySelector("h1, h2, h3, h4, dt");
    const section = place.closest("section.operation");
    const heading = section === place ? null : section?.querySelector("h2");
    const text = place.querySelector("dd > p, h2 ~ p:not(.endpoint), h3 ~ p, h4 ~ p");
    const path = place === section ? place.querySelector(".endpoint") : null;
    return {
      id: place.id,
      name: textOf(place.querySelector("dt code") ?? title),
      place: textOf(path ?? heading ?? null),
      text: textOf(text),
    };
  });
}

/** @param {Element | null} element */
function textOf(element) {
  return element?.textContent?.trim() ?? "";
}

/** @param {Entry} entry @param {number} index */
function renderEntry({ id, name, place, text }, index) {
  const link = document.createElement("a");
  link.href = `#${id}`;
  link.id = `result-${index}`;
  link.role = "option";
  link.tabIndex = -1;
  const title = document.createElement("b");
  const isolated = document.createElement("bdi");
  isolated.textContent = name;
  title.append(isolated);
  const where = document.createElement("bdi");
  where.className = "where";
  where.textContent = place;
  const excerpt = document.createElement("span");
  excerpt.className = "excerpt";
  excerpt.textContent = text;
  link.append(title, " ", where, excerpt);
  return link;
}

function nothing() {
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  line.textContent = say("searchNone");
  return line;
}
