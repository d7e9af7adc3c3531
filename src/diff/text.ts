import type { Change } from "./change.ts";
import type { ContractDiff } from "./compare.ts";

export interface TextOptions {
  /** List editorial changes one by one, too. */
  readonly isWhole?: boolean | undefined;
}

/** How many operations a change names. */
const mostNamed = 3;

/** The changes as text for people: instances with the same changes are grouped, then by operation, the worst first. */
export function diffText(diffs: readonly ContractDiff[], { isWhole = false }: TextOptions = {}): string {
  const groups = new Map<string, ContractDiff[]>();
  for (const diff of diffs.filter(({ state }) => state !== "unchanged")) {
    const key = JSON.stringify([diff.state, diff.changes]);
    groups.set(key, [...(groups.get(key) ?? []), diff]);
  }
  const unchanged = diffs.filter(({ state }) => state === "unchanged").length;
  const parts = [...groups.values()].map((group) => groupText(group, isWhole));
  if (unchanged > 0) parts.push(`${contracts(unchanged)} as before.`);
  return `${parts.join("\n\n")}\n`;
}

function groupText(group: readonly ContractDiff[], isWhole: boolean): string {
  const [{ state, impact, changes } = { state: "changed", impact: undefined, changes: [] }] = group;
  const names = group.map(({ instance }) => instance).join(", ");
  if (state !== "changed") return `${names}: ${state} (${impact})`;
  const shown = changes.filter((change) => isWhole || change.impact !== "editorial");
  const lines = [`${names}: ${impact}`];
  for (const [operations, own] of byOperations(shown)) {
    lines.push(`  ${operations}`);
    for (const change of own)
      lines.push(`    ${change.impact.padEnd("compatible".length)}  ${change.message}`);
  }
  const left = changes.length - shown.length;
  const [change, them] = left === 1 ? ["change", "it"] : ["changes", "them"];
  if (left > 0) lines.push(`  ${left} editorial ${change} (--all shows ${them})`);
  return lines.join("\n");
}

function byOperations(changes: readonly Change[]): Map<string, Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const { operations } = change;
    const key =
      operations.length > mostNamed
        ? `${operations.length} operations`
        : operations.join(", ") || "the whole contract";
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return groups;
}

function contracts(count: number): string {
  return count === 1 ? "1 contract is" : `${count} contracts are`;
}
