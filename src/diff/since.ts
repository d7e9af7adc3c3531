import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Impact, impacts } from "./change.ts";
import { type ContractDiff, compareContracts, worstOf } from "./compare.ts";
import { contractsAt, contractsHere, lastRelease } from "./contracts.ts";
import { type Bump, bumpFor, isEnough, plannedBump } from "./release.ts";

/** What has changed since a git ref, and what that asks of the next version. It is what `npm run diff -- --json` prints. */
export interface Diff {
  /** Of this form: a change of it that breaks who reads it raises the number. */
  readonly version: 1;
  readonly from: State;
  readonly to: State;
  /** The worst of all changes; null where nothing has changed. */
  readonly impact: Impact | null;
  /** What the changes ask of the next version, and what the changesets plan. */
  readonly bump: { readonly asked: Bump | null; readonly planned: Bump | null };
  readonly contracts: readonly ContractDiff[];
}

/** A ref with its commit; both null for `generated/` as it is. */
export interface State {
  readonly ref: string | null;
  readonly commit: string | null;
}

export interface DiffOptions {
  /** The folder of the project. */
  readonly root: string;
  /** The earlier state; the last release where it is not said. */
  readonly ref?: string | undefined;
  /** The later state; `generated/` as it is where it is not said. */
  readonly to?: string | undefined;
}

/** Compares the contracts of all instances. Throws DiffError when there is nothing to compare with. */
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

/** Whether a break is announced by a changeset; true where nothing breaks. */
export function isAnnounced({ impact, bump: { asked, planned } }: Diff): boolean {
  return impact !== impacts[0] || asked === null || isEnough(planned, asked);
}
