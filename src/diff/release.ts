import getReleasePlan from "@changesets/get-release-plan";
import type { Impact } from "./change.ts";

/** The part of a version that is raised. */
export type Bump = "major" | "minor" | "patch";

const order: readonly Bump[] = ["patch", "minor", "major"];

/**
 * The bump that a change requires, by Semantic Versioning. Before 1.0.0 a breaking change raises the second number and any other change the
 * third, which is how `^` ranges read such versions.
 */
export function bumpFor(impact: Impact, version: string): Bump {
  const isStable = !version.startsWith("0.");
  if (impact === "breaking") return isStable ? "major" : "minor";
  return impact === "compatible" && isStable ? "minor" : "patch";
}

/** Whether the planned bump is at least the required one. */
export function isEnough(planned: Bump | null, asked: Bump): boolean {
  return planned !== null && order.indexOf(planned) >= order.indexOf(asked);
}

/** The bump that the pending changesets give the package; undefined if there are none. Throws if a changeset can't be read. */
export async function plannedBump(root: string, name: string): Promise<Bump | undefined> {
  const { releases } = await getReleasePlan(root);
  const type = releases.find((release) => release.name === name)?.type;
  return order.find((bump) => bump === type);
}
