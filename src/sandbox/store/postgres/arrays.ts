/** Rows as an array for each of their columns, as `unnest` takes them. `width`: how many columns there are, also where there is no row. */
export function columnsOf(rows: readonly (readonly unknown[])[], width: number): unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}
