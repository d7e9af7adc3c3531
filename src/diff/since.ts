import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Impact, impacts } from "./change.ts";
import { type ContractDiff, compareContracts, worstOf } from "./compare.ts";
import { contractsAt, contractsHere, lastRelease } from "./contracts.ts";
import { type Bump, bumpFor, isEnough, plannedBump } from "./release.ts";

/** What has changed since a git ref, and which version bump that requires. `npm run diff -- --json` prints it. */
export interface Diff {
  /** The version of this format. A change that breaks its readers raises it. */
  readonly version: 1;
  readonly from: State;
  readonly to: State;
  /** The worst impact of all changes; null if nothing has changed. */
  readonly impact: Impact | null;
  /** The bump that the changes require, and the bump that the changesets plan. */
  readonly bump: { readonly asked: Bump | null; readonly planned: Bump | null };
  readonly contracts: readonly ContractDiff[];
}

/** A ref with its commit; both null for the current `generated/`. */
export interface State {
  readonly ref: string | null;
  readonly commit: string | null;
}

export interface DiffOptions {
  /** The folder of the project. */
  readonly root: string;
  /** The earlier state. Default: the last release. */
  readonly ref?: string | undefined;
  /** The later state. Default: the current `generated/`. */
  readonly to?: string | undefined;
}

/** Compares the contracts of all instances. Throws DiffError if there is nothing to compare with. */
export async function diffSince({ root, ref, to }: DiffOptions): Promise<Diff> {
  const start = ref ?? (await lastRelease(root));
  const before = await contractsAt(root, start);
  const after =
    to === undefined ? { commit: null, contracts: await contractsHere(root) } : await contractsAt(root, to);
  const contracts = await compareContracts(before.contracts, after.contracts);
  const impact = worstOf(contracts) ?? null;
  const { name, version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const asked = impact === null ? null : bumpFor(impact, version);
  return {
    version: 1,
    from: { ref: start, commit: before.commit },
    to: { ref: to ?? null, commit: after.commit },
    impact,
    bump: { asked, planned: (await plannedBump(root, name)) ?? null },
    contracts,
  };
}

/** Whether the changesets announce a breaking change; true if nothing breaks. */
export function isAnnounced({ impact, bump: { asked, planned } }: Diff): boolean {
  return impact !== impacts[0] || asked === null || isEnough(planned, asked);
}
