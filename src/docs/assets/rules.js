// How two instances differ, and what a difference does to a client of the first one at the second. In the browser and in tests.

/** @typedef {import("../../description/index.ts").InstanceEntry} InstanceEntry */
/** @typedef {"major" | "minor" | "patch"} Weight */
/** @typedef {"removed" | "added" | "changed"} Kind */

/**
 * @typedef {object} Difference
 * @property {Weight} weight
 * @property {Kind} kind
 * @property {string} subject what differs, with names of the contract between backticks
 * @property {string} effect what it does to a client
 */

/** What each weight means, the heaviest first. */
export const weights = /** @type {const} */ ({
  major: "breaks a client that relies on it",
  minor: "is more than a client knows",
  patch: "changes nothing for a client",
});

/** The rules: how much each kind of difference weighs, and for whom. */
const rules = /** @type {const} */ ({
  operationRemoved: ["major", "removed", "Breaks a client that calls it."],
  operationAdded: ["minor", "added", "A client does not call it."],
  pathDocumentedElse: ["patch", "changed", "Its links name the other path, which is there as well."],
  pathChanged: ["major", "changed", "Breaks a client that asks for the list there."],
  typeRemoved: ["major", "removed", "Breaks a client that creates such handlers, or looks for them."],
  typeAdded: [
    "major",
    "added",
    "Answers may have it: breaks a client that takes every type for one that it knows.",
  ],
  typeAddedToOpen: ["minor", "added", "A client reads any type already, and does not create this one."],
  typesOpened: [
    "major",
    "added",
    "Answers may have any type: breaks a client that takes every type for one that it knows.",
  ],
  typesClosed: ["major", "removed", "Breaks a client that creates handlers of a type that has no name here."],
  fieldRemoved: ["major", "removed", "Breaks a client that sends it, or reads it from settings."],
  fieldAdded: ["minor", "added", "A client neither sends nor reads it."],
  inertRemoved: ["patch", "removed", "It did nothing: no type has it."],
  inertAdded: ["patch", "added", "The page names it, and no type has it: it does nothing."],
  parameterRemoved: ["major", "removed", "Breaks a client that narrows or orders the list by it."],
  parameterAdded: ["minor", "added", "A client does not send it."],
  valueRemoved: ["major", "removed", "Breaks a client that sends it."],
  valueAdded: ["minor", "added", "A client does not send it."],
  defaultChanged: [
    "major",
    "changed",
    "Breaks a client that leaves the parameter out and counts on its default.",
  ],
  formatChanged: ["major", "changed", "Breaks a client that writes the other form."],
  filterChanged: ["major", "changed", "Breaks a client that narrows the list by it."],
  linksChanged: [
    "major",
    "changed",
    "Breaks a client that reads the numbers of pages out of links, not one that follows them.",
  ],
  answersChanged: ["major", "changed", "Breaks a client that reads datetimes."],
});

/**
 * What a client of one instance meets at another, the heaviest first. Names, base URLs and languages differ by nature and are left out.
 *
 * @param {InstanceEntry} from
 * @param {InstanceEntry} to
 * @returns {Difference[]}
 */
export function differencesOf(from, to) {
  /** @type {Difference[]} */
  const found = [];
  /** @type {(rule: keyof typeof rules, subject: string) => void} */
  const add = (rule, subject) => {
    const [weight, kind, effect] = rules[rule];
    found.push({ weight, kind, subject, effect });
  };
  /** @type {(before: readonly string[], after: readonly string[], removed: keyof typeof rules, added: keyof typeof rules, name: (each: string) => string) => void} */
  const compare = (before, after, removed, added, name) => {
    for (const each of before) if (!after.includes(each)) add(removed, name(each));
    for (const each of after) if (!before.includes(each)) add(added, name(each));
  };

  // An instance with two list operations has both paths: the documented one, and the one that its links name.
  const isElsewhere = from.listPath !== to.listPath;
  if (isElsewhere) {
    const rule = to.operations.filter(isList).length > 1 ? "pathDocumentedElse" : "pathChanged";
    add(rule, `the list is at ${code(to.listPath)}, not at ${code(from.listPath)}`);
  }
  const operationsOf = (/** @type {InstanceEntry} */ { operations }) =>
    isElsewhere ? operations.filter((id) => !isList(id)) : operations;
  compare(
    operationsOf(from),
    operationsOf(to),
    "operationRemoved",
    "operationAdded",
    (id) => `operation ${code(id)}`,
  );

  // An open instance takes types that it has no fields of: none of them is gone there.
  const gone = to.open ? [] : from.types.filter((type) => !to.types.includes(type));
  const known = from.open ? "typeAddedToOpen" : "typeAdded";
  compare(gone, [], "typeRemoved", known, (type) => `type ${code(type)}`);
  compare([], minus(to.types, from.types), "typeRemoved", known, (type) => `type ${code(type)}`);
  if (from.open && !to.open) add("typesClosed", "types that are not listed");
  if (!from.open && to.open) add("typesOpened", "types that are not listed");

  for (const type of from.types.filter((each) => to.types.includes(each))) {
    const [before, after] = [from.fields[type] ?? [], to.fields[type] ?? []];
    compare(before, after, "fieldRemoved", "fieldAdded", (field) => `field ${code(field)} of ${code(type)}`);
  }
  for (const type of union(Object.keys(from.inertFields), Object.keys(to.inertFields))) {
    const [before, after] = [from.inertFields[type] ?? [], to.inertFields[type] ?? []];
    // A field that works at the one and not at the other is told with its type.
    const inert = [...minus(before, to.fields[type] ?? [])];
    const new_ = [...minus(after, from.fields[type] ?? [])];
    compare(
      inert,
      new_,
      "inertRemoved",
      "inertAdded",
      (field) => `field ${code(field)} without its type ${code(type)}`,
    );
  }

  const names = union(Object.keys(from.parameters), Object.keys(to.parameters));
  for (const name of names) {
    const [before, after] = [from.parameters[name], to.parameters[name]];
    if (before === undefined) add("parameterAdded", `query parameter ${code(name)}`);
    else if (after === undefined) add("parameterRemoved", `query parameter ${code(name)}`);
    else {
      // The values that are types come and go with the types.
      const own = (/** @type {readonly string[] | undefined} */ values) =>
        minus(values ?? [], [...from.types, ...to.types]);
      compare(own(before.values), own(after.values), "valueRemoved", "valueAdded", (value) => {
        return `value ${code(value)} of query parameter ${code(name)}`;
      });
      if (shown(before.default) !== shown(after.default)) {
        const [then, now] = [shown(before.default), shown(after.default)];
        add("defaultChanged", `query parameter ${code(name)} is ${now} unless sent, not ${then}`);
      }
      if (before.format !== undefined && after.format !== undefined && before.format !== after.format) {
        add(
          "formatChanged",
          `query parameter ${code(name)} is ${code(after.format)}, not ${code(before.format)}`,
        );
      }
      const [then, now] = [from.filters[name], to.filters[name]];
      if (then !== now && then !== undefined && now !== undefined) {
        add("filterChanged", `query parameter ${code(name)} compares ${code(now)}, not ${code(then)}`);
      }
    }
  }

  if (from.pageQuery !== to.pageQuery) {
    add(
      "linksChanged",
      `links of page 1 end in ${code(`${to.pageQuery}1`)}, not in ${code(`${from.pageQuery}1`)}`,
    );
  }
  if (from.responseDatetimeFormat !== to.responseDatetimeFormat) {
    const [then, now] = [from.responseDatetimeFormat, to.responseDatetimeFormat];
    add("answersChanged", `datetimes in answers are ${code(now)}, not ${code(then)}`);
  }
  const order = Object.keys(weights);
  return found.sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

/**
 * Whether an operation is the list; ids begin with the verb of what the operation does (a rule of redocly.yaml).
 *
 * @param {string} id
 */
function isList(id) {
  return id.startsWith("list");
}

/** @param {string} name */
function code(name) {
  return `\`${name}\``;
}

/** @param {unknown} value */
function shown(value) {
  return value === undefined ? "nothing" : code(typeof value === "string" ? value : JSON.stringify(value));
}

/** @type {(all: readonly string[], others: readonly string[]) => string[]} */
function minus(all, others) {
  return all.filter((each) => !others.includes(each));
}

/** @type {(a: readonly string[], b: readonly string[]) => string[]} */
function union(a, b) {
  return [...new Set([...a, ...b])];
}
