// The differences between the two instances that the URL names, as `#from..to`. An instance's facts are loaded when it is chosen. They are
// scripts, since a page that was opened from a file can't load anything else.
import { fragment } from "./address.js";
import { differencesOf, filled, weights } from "./rules.js";
import { say } from "./words.js";

/** @typedef {import("../../description/index.ts").InstanceEntry} InstanceEntry */

/** @type {Record<string, InstanceEntry>} */
const entries = {};
Reflect.set(globalThis, "instances", entries);
const form = document.getElementById("pair");
const result = document.getElementById("result");
const [from, to] = form?.querySelectorAll("select") ?? [];

if (form && result && from && to) {
  form.addEventListener("change", () => {
    // Each pair is a history entry, so Back returns to the previous one.
    location.hash = `#${from.value}..${to.value}`;
  });
  document.getElementById("swap")?.addEventListener("click", () => {
    location.hash = `#${to.value}..${from.value}`;
  });
  addEventListener("hashchange", show);
  void show();
  form.hidden = false;
}

/** Shows the pair in the URL, or the first two instances if there is none or a name is unknown. */
async function show() {
  if (!from || !to || !result) return;
  const names = [...from.options].map(({ value }) => value);
  const [first = "", second = ""] = fragment().split("..");
  from.value = names.includes(first) ? first : (names[0] ?? "");
  to.value = names.includes(second) ? second : (names.find((name) => name !== from.value) ?? "");
  const pair = { from: from.value, to: to.value };
  const missing = (await Promise.all([load(pair.from), load(pair.to)])).find((each) => each !== undefined);
  // The reader may have chosen another pair meanwhile.
  if (pair.from !== from.value || pair.to !== to.value) return;
  const [before, after] = [entries[pair.from], entries[pair.to]];
  if (missing !== undefined || !before || !after) {
    result.replaceChildren(element("p", "", say("differencesFailed", { instance: missing ?? "" })));
    return;
  }
  const differences = differencesOf(before, after);
  const title = element("h2", "");
  title.append(...said("differencesPair", pair));
  const counts = element("p", "counts");
  for (const weight of Object.keys(weights)) {
    const count = differences.filter((each) => each.weight === weight).length;
    if (count > 0) counts.append(badge(weight), ` ${count} `);
  }
  const list = element("ul", "differences");
  list.append(...differences.map(item));
  result.replaceChildren(
    title,
    ...(differences.length > 0 ? [counts, list] : [element("p", "", say("differencesNone"))]),
  );
  document.title = say("differencesPair", pair);
}

/**
 * Loads the facts of an instance, once. Resolves with its name if that fails.
 *
 * @param {string} name
 * @returns {Promise<string | undefined>}
 */
function load(name) {
  if (name === "" || entries[name]) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const script = document.createElement("script");
    script.src = `${form?.dataset.root}${encodeURIComponent(name)}/${form?.dataset.facts}`;
    script.addEventListener("load", () => resolve(undefined));
    script.addEventListener("error", () => {
      script.remove();
      resolve(name);
    });
    document.head.append(script);
  });
}

/** @param {ReturnType<typeof differencesOf>[number]} difference */
function item({ weight, kind, what, gaps, effect }) {
  const words = element("div", "");
  words.append(...coded(filled(say(what), gaps)), " ");
  // A `changed` difference names both values itself.
  if (kind !== "changed") words.append(element("span", "kind", say(`kind${capital(kind)}`)));
  words.append(element("p", "places", say(effect)));
  const made = element("li", "");
  made.append(badge(weight), words);
  return made;
}

/** @param {string} weight */
function badge(weight) {
  return element("span", `impact ${weight}`, say(`weight${capital(weight)}`));
}

/** @param {string} word */
function capital(word) {
  return `${word[0]?.toUpperCase()}${word.slice(1)}`;
}

/** @type {(tag: string, className: string, text?: string) => HTMLElement} */
function element(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/**
 * A message as DOM nodes; names keep their direction in right-to-left text.
 *
 * @param {string} key
 * @param {Record<string, string>} gaps
 */
function said(key, gaps) {
  return say(key)
    .split(/(\{\w+\})/)
    .map((part) => {
      const gap = /^\{(\w+)\}$/.exec(part)?.[1];
      return gap === undefined ? part : element("bdi", "", gaps[gap]);
    });
}

/**
 * Text with backticks turned into code elements.
 *
 * @param {string} text
 */
function coded(text) {
  return text.split("`").map((part, index) => (index % 2 === 1 ? element("code", "", part) : part));
}
