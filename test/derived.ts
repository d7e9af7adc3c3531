import { beforeAll } from "vitest";
import type { DescriptionInput } from "../src/description/index.ts";
import { deriveContracts } from "../src/generate/index.ts";
import { changedRegister } from "./generate/register.ts";
import { triesAll } from "./scope.ts";

/** What every entry has to say; a test says what is special. */
const least = (name: string) => ({
  base_url: `https://${name}/api`,
  source: { language: "en", seen: "2026-01-01" },
  types: ["email", "telegram"],
  links: "plain",
});

/** Whether what is derived is linted. test/generate lints what each option makes. */
const lints = triesAll("LINT_DERIVED");

/** Some of the options of redocly.yaml's entries; JSON is YAML, too. */
export type Entry = Readonly<Record<string, unknown>>;

/** The parts of the description of an instance that is not committed. */
export type DerivedBundle = DescriptionInput & { readonly document: Readonly<Record<string, unknown>> };

/**
 * What the project derives for instances that are not committed, as if redocly.yaml had entries with these options; what is not said is said
 * plainly. All of a test file are derived at once, which takes little longer than one. Tests name their entries while they are defined; what is
 * returned gives, within a test, the parts of a new description each time.
 */
export function derivations(): (entry?: Entry, name?: string) => () => DerivedBundle {
  const entries: Record<string, Entry> = {};
  let bundles = new Map<string, DerivedBundle>();
  beforeAll(async () => {
    bundles = await derivedBundles(entries);
  }, 120_000);
  return (entry = {}, name = `derived-${Object.keys(entries).length}.example`) => {
    entries[name] = entry;
    return () => {
      const bundle = bundles.get(name);
      if (bundle === undefined) throw new Error(`Nothing was derived for ${name}.`);
      return structuredClone(bundle);
    };
  };
}

/** The instances by their names, had redocly.yaml these entries and no other but the family's. */
export async function derivedBundles(
  entries: Readonly<Record<string, Entry>>,
): Promise<Map<string, DerivedBundle>> {
  const configPath = await changedRegister((text) => {
    const [start = "", rest = ""] = text.split(/^(?= {2}family:)/m);
    const [family = "", others = ""] = rest.split(/(?<=^ {6}notification-handlers\/family: on\n)/m);
    const added = Object.entries(entries).map(
      ([name, entry]) =>
        `  ${name}:\n    root: openapi/openapi.yaml\n    decorators:\n      notification-handlers/instance: ${JSON.stringify({ ...least(name), ...entry })}\n`,
    );
    return start + family + added.join("") + others.slice(others.search(/^(?=preprocessors:)/m));
  });
  const { registry, bundles } = await deriveContracts({ configPath, quick: true, unlinted: !lints });
  return new Map(
    bundles.flatMap(({ name, document }) => {
      const about = registry.instances[name];
      return about === undefined
        ? []
        : [[name, { name, document: { ...document }, about, roles: registry.roles }]];
    }),
  );
}
