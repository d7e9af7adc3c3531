/** How many names a message lists if there are many. */
const most = 5;

/**
 * The end of a message about an unknown name: all known names, or the nearest if there are many.
 *
 * @param place where each is found, such as a path with `<name>` in it
 */
export function nearest(name: string, known: readonly string[], place?: string): string {
  const [only] = known;
  if (only === undefined) return "there are none";
  if (known.length === 1)
    return `there is ${only}${place === undefined ? "" : `, at ${place.replace("<name>", only)}`}`;
  return `${listed(name, known)}${place === undefined ? "" : `, each at ${place}`}`;
}

function listed(name: string, known: readonly string[]): string {
  if (known.length <= 2 * most) return `there are ${known.join(", ")}`;
  const wanted = name.slice(0, 100).toLowerCase();
  const ranked = known
    .map((it) => ({ it, distance: distanceOf(wanted, it.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance || one.it.length - other.it.length)
    .slice(0, most);
  return `the nearest of the ${known.length} names are ${ranked.map(({ it }) => it).join(", ")}`;
}

/**
 * The message about the first unknown option, which would have no effect, or about what holds no options; undefined if all are known.
 * `option`: the name of the option that the names are in, if they are in one.
 */
export function strayOption(given: unknown, known: readonly string[], option?: string): string | undefined {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return `The options must be an object, such as { ${known[0]}: ... }.`;
  const name = Object.keys(given).find((it) => !known.includes(it));
  return name === undefined
    ? undefined
    : `There is no option ${JSON.stringify(name)}${option === undefined ? "" : ` in ${option}`}: ${nearest(name, known)}.`;
}

/** What was given instead of what is wanted, for a message: a number itself, else its kind, since a text may be secret. */
export function shownKind(value: unknown): string {
  if (value === null || value === undefined || typeof value === "number") return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** All names, or the first ones if there are many, for a message. */
export function shortList(names: readonly string[]): string {
  if (names.length <= 2 * most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/**
 * How many letters must be inserted, deleted or replaced to make one text the beginning of the other: the Levenshtein distance, except that
 * leaving out the rest of a name costs nothing.
 */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column += 1) {
      const replaced = (row[column] ?? 0) + (letter === other[column] ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return Math.min(...row);
}

/** The end of a message about an unknown path: the paths of the description. */
export function pathsOf({
  operations,
}: {
  readonly operations: readonly { readonly path: string }[];
}): string {
  const paths = [...new Set(operations.map(({ path }) => path))];
  return `there ${paths.length === 1 ? "is" : "are"} ${shortList(paths)}`;
}
