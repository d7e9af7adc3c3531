// The differences of the pair of instances that the address names, as `#from..to`.
import { differencesOf, weights } from "./rules.js";

/** @typedef {import("../../description/index.ts").InstanceEntry} InstanceEntry */

/** @type {Record<string, InstanceEntry>} */
const entries = Reflect.get(globalThis, "instances");
const names = Object.keys(entries);
const form = document.getElementById("pair");
const result = document.getElementById("result");
const [from, to] = form?.querySelectorAll("select") ?? [];

if (form && result && from && to) {
  for (const select of [from, to]) select.append(...names.map((name) => new Option(name, name)));
  form.addEventListener("change", () => {
    // Each pair is an entry of the history, so that Back leads through the choices.
    location.hash = `#${from.value}..${to.value}`;
  });
  document.getElementById("swap")?.addEventListener("click", () => {
    location.hash = `#${to.value}..${from.value}`;
  });
  addEventListener("hashchange", show);
  show();
  form.hidden = false;
}

/** Shows the pair of the address; without one, or with names that don't exist, the first two instances. */
function show() {
  if (!from || !to || !result) return;
  const [first = "", second = ""] = decodeURIComponent(location.hash.slice(1)).split("..");
  from.value = names.includes(first) ? first : (names[0] ?? "");
  to.value = names.includes(second) ? second : (names.find((name) => name !== from.value) ?? "");
  const [before, after] = [entries[from.value], entries[to.value]];
  if (!before || !after) return;
  const differences = differencesOf(before, after);
  const title = element("h2", "");
  title.append(bold(from.value), " → ", bold(to.value));
  const counts = Object.keys(weights).map((weight) => {
    return `${differences.filter((each) => each.weight === weight).length} ${weight}`;
  });
  const text =
    differences.length === 0
      ? "No difference: a client of one works with the other."
      : `What a client of ${from.value} meets: ${counts.join(", ")}.`;
  const list = element("ul", "differences");
  for (const { weight, kind, subject, effect } of differences) {
    const item = element("li", "");
    const words = element("span", "");
    words.append(
      ...coded(subject),
      kind === "changed" ? "" : ` ${kind}`,
      ". ",
      element("span", "places", effect),
    );
    item.append(element("span", `impact ${weight}`, weight), words);
    list.append(item);
  }
  result.replaceChildren(title, element("p", "", text), ...(differences.length > 0 ? [list] : []));
  document.title = `${from.value} → ${to.value}: differences`;
}

/** @type {(tag: string, className: string, text?: string) => HTMLElement} */
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {string} name */
function bold(name) {
  return element("bdi", "", name);
}

/**
 * Text in which backticks mark what is code.
 *
 * @param {string} text
 */
function coded(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", "", part) : part));
}
