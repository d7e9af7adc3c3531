/** So many names are told where there are more. */
const most = 5;

/** What there is instead of a name that is not known, for a message: all names, or where they are many the nearest. */
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return "there are none";
  if (known.length <= 2 * most) return `there ${known.length === 1 ? "is" : "are"} ${known.join(", ")}`;
  const wanted = name.slice(0, 100).toLowerCase();
  const ranked = known
    .map((it) => ({ it, distance: distanceOf(wanted, it.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance || one.it.length - other.it.length)
    .slice(0, most);
  return `the nearest of the ${known.length} names are ${ranked.map(({ it }) => it).join(", ")}`;
}

/** What is to be said of the first option that there is not, which would be of no effect; undefined where all are known. */
export function strayOption(given: object, known: readonly string[]): string | undefined {
  const name = Object.keys(given).find((it) => !known.includes(it));
  return name === undefined
    ? undefined
    : `There is no option ${JSON.stringify(name)}: ${nearest(name, known)}.`;
}

/** All names, or where they are many the first ones, for a message. */
export function some(names: readonly string[]): string {
  if (names.length <= 2 * most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}

/**
 * How many letters have to be put in, taken out or replaced to make one text the beginning of the other: Levenshtein's distance, but that
 * the rest of a name costs nothing, which people leave out.
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

/** What there is instead of a path that a description doesn't have, for a message: its paths. */
export function pathsOf({
  operations,
}: {
  readonly operations: readonly { readonly path: string }[];
}): string {
  const paths = [...new Set(operations.map(({ path }) => path))];
  return `there ${paths.length === 1 ? "is" : "are"} ${some(paths)}`;
}
