import type { OperationKind } from "../description/index.ts";
import { kinds, type PageFacts } from "./facts.ts";
import type { Page } from "./line.ts";
import type { KnownSection } from "./sample.ts";

/** Sections that look alike: if one lacks what the other shows, it was cut off. */
const like: Readonly<Record<OperationKind, OperationKind>> = {
  list: "read",
  read: "delete",
  create: "update",
  update: "create",
  delete: "read",
};

/**
 * Whether the page is complete. A page is cut off in its last section, perhaps within a sample, so that section is compared with the one
 * that looks like it.
 */
export function completeness(
  page: Page,
  sections: readonly KnownSection[],
): Pick<PageFacts, "isComplete" | "missing"> {
  const of = (kind: OperationKind) => sections.filter((each) => each.kind === kind);
  const missing = kinds
    .filter((kind) => of(kind).length === 0)
    .map((kind) => `the section that documents ${kind}`);
  if (page.isCut) missing.push("the end of the document");
  const last = sections.at(-1);
  if (last !== undefined) missing.push(...cutIn(last.kind, of(last.kind), of(like[last.kind])));
  return { isComplete: missing.length === 0, missing };
}

function cutIn(kind: OperationKind, own: readonly KnownSection[], like: readonly KnownSection[]): string[] {
  const missing: string[] = [];
  const json = own.flatMap(({ samples }) => samples.json);
  if (json.some(({ isComplete }) => !isComplete)) missing.push(`the end of the JSON of ${kind}`);
  if (like.length === 0) return missing;
  // Form fields vary; the other options are the same in every sample.
  const shape = (sections: readonly KnownSection[]) =>
    sections
      .flatMap(({ samples }) => samples.curl?.shape ?? [])
      .filter((option) => !/^(-F|--form|-d|--data)/.test(option))
      .join(" ");
  if (shape(own) !== shape(like)) missing.push(`a part of the sample of ${kind}`);
  const isForm = kind === "create" || kind === "update";
  if (isForm && json.length < like.flatMap(({ samples }) => samples.json).length)
    missing.push(`the answer of ${kind}`);
  return missing;
}
