// Sends requests from the page: to the mock or sandbox of the server of the page, or to any base URL that the reader types. The key is kept
// only in this page's memory, and sent only to that base URL: no cookies, no referrer, no redirects.
import { say } from "./words.js";

/** The reader's input, shared by all operations of the page. */
const typed = { base: "", key: "" };

export function startTrying() {
  const servers = document.getElementById("servers");
  const here = servers?.getAttribute("value");
  if (here && location.origin === here) {
    typed.base = servers?.dataset.sandbox ?? "";
    typed.key = servers?.dataset.key ?? "";
  }
  const choices =
    here && location.origin === here ? [servers?.dataset.sandbox ?? "", servers?.dataset.mock ?? ""] : [];
  for (const place of document.querySelectorAll("details.try")) {
    place.removeAttribute("hidden");
    place.addEventListener("toggle", () => {
      if (place instanceof HTMLDetailsElement && place.open) build(place, choices);
    });
  }
  addEventListener("typechosen", () => {
    for (const place of document.querySelectorAll("details.try[open]")) {
      if (place instanceof HTMLDetailsElement) build(place, choices);
    }
  });
}

/** @param {HTMLDetailsElement} place @param {readonly string[]} choices base URLs that are offered */
function build(place, choices) {
  place.querySelector("form")?.remove();
  place.querySelector(".answered")?.remove();
  const method = place.dataset.method ?? "GET";
  const form = document.createElement("form");
  const base = input("url", typed.base, "https://…/api");
  const key = input("password", typed.key, "");
  key.autocomplete = "off";
  if (choices.length > 0) {
    const list = document.createElement("datalist");
    list.id = `bases-${place.dataset.method}-${place.closest("section[id]")?.id}`;
    list.append(...choices.map((each) => new Option(each, each)));
    base.setAttribute("list", list.id);
    form.append(list);
  }
  base.addEventListener("input", () => {
    typed.base = base.value;
  });
  key.addEventListener("input", () => {
    typed.key = key.value;
  });
  form.append(row(say("tryBase"), base, false), row(say("tryKey"), key, false), note(say("tryPrivacy")));
  const fields = carried(place).map(({ name, carrier, values, preset, isRequired }) => {
    const control = values.length > 0 ? select(values, preset, isRequired) : input("text", preset, "");
    control.required = isRequired;
    form.append(row(name, control, true));
    return { name, carrier, control };
  });
  if (method !== "GET") form.append(note(say("tryChanges")));
  const send = document.createElement("button");
  send.className = "send";
  send.textContent = say("trySend");
  form.append(send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask(place, send, fields);
  });
  place.append(form);
}

/**
 * The fields of a request on the page, without those of other handler types.
 *
 * @param {HTMLElement} place
 */
function carried(place) {
  const section = place.closest("section.operation");
  const type = document.documentElement.dataset.type ?? "";
  return [...(section?.querySelectorAll("[data-in]") ?? [])]
    .filter((field) => {
      const owner = field.closest("[data-type]")?.getAttribute("data-type");
      return owner === undefined || owner === null || owner === type;
    })
    .map((field) => {
      const values = [...field.querySelectorAll(":scope > dd > .values code")].map(
        (each) => each.textContent ?? "",
      );
      const isChoice = section?.querySelector(`[data-choose="${CSS.escape(values[0] ?? "")}"]`) !== null;
      return {
        name: field.getAttribute("data-name") ?? "",
        carrier: field.getAttribute("data-in") ?? "",
        values,
        preset: isChoice && values.includes(type) ? type : "",
        isRequired:
          field.querySelector(":scope > dt .required") !== null || field.getAttribute("data-in") === "path",
      };
    });
}

/**
 * @param {HTMLElement} place
 * @param {HTMLButtonElement} button
 * @param {{ name: string, carrier: string, control: HTMLInputElement | HTMLSelectElement }[]} fields
 */
async function ask(place, button, fields) {
  const output = place.querySelector(".answered") ?? document.createElement("div");
  output.className = "answered";
  output.setAttribute("role", "status");
  place.append(output);
  if (!/^https?:\/\/[^/]/i.test(typed.base)) return print(output, say("tryBadUrl"));
  let path = place.dataset.path ?? "";
  const query = new URLSearchParams();
  const body = new FormData();
  for (const { name, carrier, control } of fields) {
    if (control.value === "") continue;
    if (carrier === "path") path = path.replace(`{${name}}`, encodeURIComponent(control.value));
    else if (carrier === "query") query.set(name, control.value);
    else body.set(name, control.value);
  }
  const method = place.dataset.method ?? "GET";
  const search = query.size > 0 ? `?${query}` : "";
  print(output, say("trySending"));
  button.disabled = true;
  const start = performance.now();
  try {
    const response = await fetch(typed.base.replace(/\/+$/, "") + path + search, {
      method,
      headers: typed.key === "" ? {} : { Authorization: `Bearer ${typed.key}` },
      ...(method === "POST" && { body }),
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - start);
    print(output, say("tryAnswered", { status: response.status, milliseconds }), pretty(text));
  } catch {
    print(output, say("tryFailed"));
  } finally {
    button.disabled = false;
  }
}

/** @param {string} text */
function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @param {Element} output @param {string} line @param {string} [body] */
function print(output, line, body = "") {
  const head = document.createElement("p");
  head.textContent = line;
  output.replaceChildren(head);
  if (body === "") return;
  const block = document.createElement("pre");
  block.dir = "ltr";
  block.tabIndex = 0;
  block.textContent = body.length > 20_000 ? `${body.slice(0, 20_000)}…` : body;
  output.append(block);
}

/** @param {string} type @param {string} value @param {string} placeholder */
function input(type, value, placeholder) {
  const made = document.createElement("input");
  made.type = type;
  made.value = value;
  made.placeholder = placeholder;
  made.spellcheck = false;
  made.dir = "ltr";
  return made;
}

/** @param {readonly string[]} values @param {string} preset @param {boolean} isRequired */
function select(values, preset, isRequired) {
  const made = document.createElement("select");
  if (!isRequired) made.append(new Option(`— ${say("tryNotSet")}`, ""));
  made.append(...values.map((value) => new Option(value, value, false, value === preset)));
  return made;
}

/** @param {string} label @param {HTMLElement} control @param {boolean} isCode */
function row(label, control, isCode) {
  const made = document.createElement("label");
  const name = document.createElement(isCode ? "code" : "span");
  name.textContent = label;
  made.append(name, control);
  return made;
}

/** @param {string} text */
function note(text) {
  const made = document.createElement("p");
  made.className = "soft";
  made.textContent = text;
  return made;
}
