import type { Contract } from "./import-page.ts";
import type { ImportPagesOptions, Outcome } from "./import-pages.ts";

export async function writePages(
  outcomes: Outcome[],
  _contract: Contract,
  _options: ImportPagesOptions,
): Promise<Outcome[]> {
  return outcomes;
}

/** Whether a text can be the name of an instance: a host in small letters. */
export function isRegistrable(name: string): boolean {
  return (
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/.test(name) &&
    name.length <= 253 &&
    !/\.(json|ts)$/.test(name)
  );
}
