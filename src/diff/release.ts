import getReleasePlan from "@changesets/get-release-plan";
import type { Impact } from "./change.ts";

/** By how much a version goes up. */
export type Bump = "major" | "minor" | "patch";

const order: readonly Bump[] = ["patch", "minor", "major"];

/**
 * What a change asks of the next version, by Semantic Versioning: before 1.0.0 a break raises the second number, and everything else the third,
 * which is what `^` allows for.
 */
export function bumpFor(impact: Impact, version: string): Bump {
  const isStable = !version.startsWith("0.");
  if (impact === "breaking") return isStable ? "major" : "minor";
  return impact === "compatible" && isStable ? "minor" : "patch";
}

/** Whether what is planned is as much as is asked for. */
export function isEnough(planned: Bump | null, asked: Bump): boolean {
  return planned !== null && order.indexOf(planned) >= order.indexOf(asked);
}

/** By how much the package goes up with the changesets that are there; undefined where none is. Throws when one can't be read. */
export async function plannedBump(root: string, name: string): Promise<Bump | undefined> {
  const { releases } = await getReleasePlan(root);
  const type = releases.find((release) => release.name === name)?.type;
  return order.find((bump) => bump === type);
}
