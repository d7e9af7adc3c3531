/** The order of texts depends on the instance's collation: any of these is accepted. */
const collations: readonly ((a: string, b: string) => number)[] = [
  (a, b) => (a < b ? -1 : a > b ? 1 : 0),
  (a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0),
  new Intl.Collator("en").compare,
  new Intl.Collator("en", { sensitivity: "base", ignorePunctuation: true }).compare,
];

/** Whether values are in order: numbers by value, anything else as text. `descending`: undefined if either direction will do. */
export function isOrdered(values: readonly unknown[], descending: boolean | undefined): boolean {
  if (descending === undefined) return isOrdered(values, false) || isOrdered(values, true);
  const sorted = (compare: (a: unknown, b: unknown) => number) =>
    values.every((it, index) => index === 0 || compare(values[index - 1], it) * (descending ? -1 : 1) <= 0);
  if (values.every((it) => typeof it === "number")) return sorted((a, b) => Number(a) - Number(b));
  return collations.some((compare) => sorted((a, b) => compare(String(a), String(b))));
}
