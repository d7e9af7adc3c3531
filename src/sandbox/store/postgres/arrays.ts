/** Turns rows into one array per column, for `unnest`. `width`: the number of columns, needed if there are no rows. */
export function columnsOf(rows: readonly (readonly unknown[])[], width: number): unknown[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column]));
}
