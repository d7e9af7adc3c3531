// How two instances differ, and what each difference means for a client of the first when it calls the second. Runs in the browser and in
// tests.

/** @typedef {import("../../description/index.ts").InstanceEntry} InstanceEntry */
/** @typedef {"major" | "minor" | "patch"} Weight */
/** @typedef {"removed" | "added" | "changed"} Kind */
/** @typedef {keyof typeof rules} Rule */

/**
 * @typedef {object} Difference
 * @property {Weight} weight
 * @property {Kind} kind
 * @property {string} what what differs, with gaps for names of the contract: as it is translated
 * @property {Record<string, unknown>} gaps what fills them
 * @property {string} subject what differs, the gaps filled, with what fills them between backticks
 * @property {string} effect what it does to a client
 */

/** What each weight means, the heaviest first. */
export const weights = /** @type {const} */ ({
  major: "breaks a client that relies on it",
  minor: "is more than a client knows",
  patch: "changes nothing for a client",
});

/**
 * The rules: the weight and kind of each difference, what differs (with gaps for names of the contract), and the effect on a client. Each
 * sentence is translated as a whole (`differences` in openapi/i18n/).
 */
export const rules = /** @type {const} */ ({
  operationRemoved: ["major", "removed", "operation {operation}", "Breaks a client that calls it."],
  operationAdded: ["minor", "added", "operation {operation}", "A client does not call it."],
  pathDocumentedElse: [
    "patch",
    "changed",
    "the list is at {after}, not at {before}",
    "Its links name the other path, which is there as well.",
  ],
  pathChanged: [
    "major",
    "changed",
    "the list is at {after}, not at {before}",
    "Breaks a client that asks for the list there.",
  ],
  typeRemoved: [
    "major",
    "removed",
    "type {type}",
    "Breaks a client that creates such handlers, or looks for them.",
  ],
  typeAdded: [
    "major",
    "added",
    "type {type}",
    "Answers may have it: breaks a client that takes every type for one that it knows.",
  ],
  typeAddedToOpen: [
    "minor",
    "added",
    "type {type}",
    "A client reads any type already, and does not create this one.",
  ],
  typesOpened: [
    "major",
    "added",
    "types that are not listed",
    "Answers may have any type: breaks a client that takes every type for one that it knows.",
  ],
  typesClosed: [
    "major",
    "removed",
    "types that are not listed",
    "Breaks a client that creates handlers of a type that has no name here.",
  ],
  fieldRemoved: [
    "major",
    "removed",
    "field {field} of {type}",
    "Breaks a client that sends it, or reads it from settings.",
  ],
  fieldAdded: ["minor", "added", "field {field} of {type}", "A client neither sends nor reads it."],
  inertRemoved: [
    "patch",
    "removed",
    "field {field} without its type {type}",
    "It did nothing: no type has it.",
  ],
  inertAdded: [
    "patch",
    "added",
    "field {field} without its type {type}",
    "The documentation names it, and no type has it: it does nothing.",
  ],
  parameterRemoved: [
    "major",
    "removed",
    "query parameter {parameter}",
    "Breaks a client that narrows or orders the list by it.",
  ],
  parameterAdded: ["minor", "added", "query parameter {parameter}", "A client does not send it."],
  valueRemoved: [
    "major",
    "removed",
    "value {value} of query parameter {parameter}",
    "Breaks a client that sends it.",
  ],
  valueAdded: [
    "minor",
    "added",
    "value {value} of query parameter {parameter}",
    "A client does not send it.",
  ],
  defaultChanged: [
    "major",
    "changed",
    "query parameter {parameter} defaults to {after}, not to {before}",
    "Breaks a client that leaves the parameter out and counts on its default.",
  ],
  defaultRemoved: [
    "major",
    "changed",
    "query parameter {parameter} has no default instead of {before}",
    "Breaks a client that leaves the parameter out and counts on its default.",
  ],
  defaultAdded: [
    "major",
    "changed",
    "query parameter {parameter} defaults to {after} instead of nothing",
    "Breaks a client that leaves the parameter out and counts on its default.",
  ],
  formatChanged: [
    "major",
    "changed",
    "query parameter {parameter} is {after}, not {before}",
    "Breaks a client that writes the other form.",
  ],
  filterChanged: [
    "major",
    "changed",
    "query parameter {parameter} compares {after}, not {before}",
    "Breaks a client that narrows the list by it.",
  ],
  linksChanged: [
    "major",
    "changed",
    "links of page 1 end in {after}, not in {before}",
    "Breaks a client that reads the numbers of pages out of links, not one that follows them.",
  ],
  answersChanged: [
    "major",
    "changed",
    "datetimes in answers are {after}, not {before}",
    "Breaks a client that reads datetimes.",
  ],
});

/** @typedef {(rule: Rule, gaps?: Record<string, unknown>) => void} Add */
/** @typedef {(before: readonly string[], after: readonly string[], removed: Rule, added: Rule, gaps: (each: string) => Record<string, unknown>) => void} Compare */

/**
 * What changes for a client of one instance at another, the heaviest first. Names, base URLs and languages always differ, so they are left
 * out.
 *
 * @param {InstanceEntry} from
 * @param {InstanceEntry} to
 * @returns {Difference[]}
 */
export function differencesOf(from, to) {
  /** @type {Difference[]} */
  const found = [];
  /** @type {Add} */
  const add = (rule, gaps = {}) => {
    const [weight, kind, what, effect] = rules[rule];
    found.push({ weight, kind, what, gaps, subject: filled(what, gaps), effect });
  };
  /** @type {Compare} */
  const compare = (before, after, removed, added, gaps) => {
    for (const each of before) if (!after.includes(each)) add(removed, gaps(each));
    for (const each of after) if (!before.includes(each)) add(added, gaps(each));
  };

  // An instance with two list operations has both paths: the documented one, and the one that its links use.
  const isElsewhere = from.listPath !== to.listPath;
  if (isElsewhere) {
    const rule = to.operations.filter(isList).length > 1 ? "pathDocumentedElse" : "pathChanged";
    add(rule, { before: from.listPath, after: to.listPath });
  }
  const operationsOf = (/** @type {InstanceEntry} */ { operations }) =>
    isElsewhere ? operations.filter((id) => !isList(id)) : operations;
  compare(operationsOf(from), operationsOf(to), "operationRemoved", "operationAdded", (operation) => ({
    operation,
  }));

  // An open instance accepts types whose fields it does not document, so none are removed there.
  const gone = to.open ? [] : from.types.filter((type) => !to.types.includes(type));
  const known = from.open ? "typeAddedToOpen" : "typeAdded";
  compare(gone, [], "typeRemoved", known, (type) => ({ type }));
  compare([], minus(to.types, from.types), "typeRemoved", known, (type) => ({ type }));
  if (from.open && !to.open) add("typesClosed");
  if (!from.open && to.open) add("typesOpened");

  for (const type of from.types.filter((each) => to.types.includes(each))) {
    const [before, after] = [from.fields[type] ?? [], to.fields[type] ?? []];
    compare(before, after, "fieldRemoved", "fieldAdded", (field) => ({ field, type }));
  }
  for (const type of union(Object.keys(from.inertFields), Object.keys(to.inertFields))) {
    const [before, after] = [from.inertFields[type] ?? [], to.inertFields[type] ?? []];
    // A field that works on only one of the two is reported with its type.
    const inert = [...minus(before, to.fields[type] ?? [])];
    const new_ = [...minus(after, from.fields[type] ?? [])];
    compare(inert, new_, "inertRemoved", "inertAdded", (field) => ({ field, type }));
  }

  compareParameters(from, to, add, compare);

  if (from.pageQuery !== to.pageQuery) {
    add("linksChanged", { before: `${from.pageQuery}1`, after: `${to.pageQuery}1` });
  }
  if (from.responseDatetimeFormat !== to.responseDatetimeFormat) {
    add("answersChanged", { before: from.responseDatetimeFormat, after: to.responseDatetimeFormat });
  }
  const order = Object.keys(weights);
  return found.sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

/**
 * @param {InstanceEntry} from
 * @param {InstanceEntry} to
 * @param {Add} add
 * @param {Compare} compare
 */
function compareParameters(from, to, add, compare) {
  for (const parameter of union(Object.keys(from.parameters), Object.keys(to.parameters))) {
    const [before, after] = [from.parameters[parameter], to.parameters[parameter]];
    if (before === undefined) add("parameterAdded", { parameter });
    else if (after === undefined) add("parameterRemoved", { parameter });
    else {
      // Values that are handler types are reported as types.
      const own = (/** @type {readonly string[] | undefined} */ values) =>
        minus(values ?? [], [...from.types, ...to.types]);
      compare(own(before.values), own(after.values), "valueRemoved", "valueAdded", (value) => {
        return { value, parameter };
      });
      if (before.default !== after.default) {
        const rule =
          after.default === undefined
            ? "defaultRemoved"
            : before.default === undefined
              ? "defaultAdded"
              : "defaultChanged";
        add(rule, { parameter, before: before.default, after: after.default });
      }
      if (before.format !== undefined && after.format !== undefined && before.format !== after.format) {
        add("formatChanged", { parameter, before: before.format, after: after.format });
      }
      const [then, now] = [from.filters[parameter], to.filters[parameter]];
      if (then !== now && then !== undefined && now !== undefined) {
        add("filterChanged", { parameter, before: then, after: now });
      }
    }
  }
}

/**
 * Whether an operation is the list. Operation ids begin with a verb (a rule of redocly.yaml).
 *
 * @param {string} id
 */
function isList(id) {
  return id.startsWith("list");
}

/**
 * A sentence with its gaps filled; the values are in backticks.
 *
 * @param {string} text
 * @param {Record<string, unknown>} gaps
 */
export function filled(text, gaps) {
  return text.replace(/\{(\w+)\}/g, (gap, name) => (name in gaps ? `\`${shown(gaps[name])}\`` : gap));
}

/** @param {unknown} value */
function shown(value) {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @type {(all: readonly string[], others: readonly string[]) => string[]} */
function minus(all, others) {
  return all.filter((each) => !others.includes(each));
}

/** @type {(a: readonly string[], b: readonly string[]) => string[]} */
function union(a, b) {
  return [...new Set([...a, ...b])];
}
