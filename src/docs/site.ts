import { type BuildOptions, buildDocs, isBuilt, type Step, siteFolder } from "./build.ts";

/** The built site of a running server. */
export interface Site {
  readonly folder: string;
  /** Builds the site if it isn't fresh; the one before is shown until then. Never rejects. */
  refresh(): Promise<void>;
  /** The last step of a build that runs. */
  building(): Step | undefined;
  /** Why the last build failed. */
  failure(): string | undefined;
}

/** The site in a folder; nothing is built before `refresh` is called. */
export function openSite({ folder = siteFolder, onStep }: BuildOptions = {}): Site {
  let building: Step | undefined;
  let failure: string | undefined;
  return {
    folder,
    building: () => building,
    failure: () => failure,
    async refresh() {
      try {
        if (await isBuilt(folder)) return;
        building = { done: 0, total: 1, name: "", milliseconds: 0 };
        await buildDocs({
          folder,
          onStep: (step) => {
            building = step;
            onStep?.(step);
          },
        });
        failure = undefined;
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      }
      building = undefined;
    },
  };
}
