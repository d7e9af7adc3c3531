import { describe, expect, test } from "vitest";
import {
  at,
  descriptionNames,
  familyName,
  instanceNames,
  isNode,
  loadDescription,
  step,
} from "../../src/description/index.ts";
import { DocsError, loadLanguages, localOrigin, referenceDocument } from "../../src/docs/index.ts";
import { say } from "../../src/docs/languages.ts";
import { redocScript } from "../../src/docs/redoc.ts";

const languages = loadLanguages();

describe.each(descriptionNames)("the reference of %s", (name) => {
  const description = loadDescription(name);
  const language = languages.get(description.language);
  if (!language) throw new Error("no language");
  const document = referenceDocument(description, language);

  test("marks every inferred statement where it stands", () => {
    let found = 0;
    const visit = (value: unknown, pointer: string): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, child] of Object.entries(value)) visit(child, step(pointer, key));
      if (!isNode(value)) return;
      const marked = at(document, pointer);
      const text = isNode(marked) ? String(marked.description) : "";
      for (const assumption of Object.values(isNode(value["x-assumptions"]) ? value["x-assumptions"] : {})) {
        found += 1;
        expect(text, pointer).toContain(noteOf(String(assumption)));
      }
      const stated = value["x-evidence"];
      if (stated === undefined) return;
      found += 1;
      if (stated === "documented") return;
      if (stated === "family") expect(text, pointer).toContain(say(language, "familyNote"));
      else expect(text, pointer).toContain(noteOf(String(value["x-assumption"])));
      expect(marked, pointer).toHaveProperty("x-badges");
    };
    visit(description.document, "#");
    expect(found).toBeGreaterThan(20);
  });

  function noteOf(assumption: string): string {
    return say(language as NonNullable<typeof language>, "inferredNote", {
      assumption: language?.contract.translate(assumption) ?? assumption,
    });
  }

  test("marks a parameter that rests on inference, or whose schema does", () => {
    for (const { pointer, schema } of description.operations.flatMap(({ parameters }) => parameters)) {
      const own = at(description.document, pointer);
      const isMarked = [own, schema.node].some(
        (node) => isNode(node) && JSON.stringify(node["x-evidence"] ?? "").includes("inferred"),
      );
      expect(isNode(at(document, pointer)) && "x-badges" in (at(document, pointer) as object), pointer).toBe(
        isMarked,
      );
    }
  });

  test("marks the fields of an inferred shape, but for those that the page documents", () => {
    const shape = at(document, "#/components/schemas/UpdateNotificationHandlerKeepingType");
    const properties = isNode(shape) && isNode(shape.properties) ? shape.properties : {};
    const unmarked = Object.entries(properties).filter(([, it]) => !isNode(it) || !("x-badges" in it));
    expect(unmarked.map(([name]) => name)).toEqual(["name", "is_enabled"]);
  });

  test("has no words of tools, and the local servers", () => {
    expect(JSON.stringify(document)).not.toMatch(/"x-(evidence|assumption|role|feature|instance)/);
    const urls = (document.servers as { url: string }[]).map(({ url }) => url);
    const local = [`${localOrigin}/mock/${name}/api`, `${localOrigin}/sandbox/${name}/api`];
    expect(urls).toEqual(name === familyName ? [description.baseUrl] : [description.baseUrl, ...local]);
  });

  test("leaves the description as it was", () => {
    expect(description.document).not.toHaveProperty("paths./notification-handlers.post.x-codeSamples");
    expect(description.document).toHaveProperty("tags");
  });
});

describe("Redoc's script", () => {
  const labels = Object.keys(languages.get("en")?.redoc ?? {});
  const script = redocScript(labels);

  test("asks nobody for anything", () => {
    expect(script).not.toMatch(/https?:\/\/(cdn|otel)\.[a-z.]*redoc/);
  });
  test("is a classic script", () => {
    expect(script).not.toMatch(/\bimport\.meta\b|\bexport\s*\{/);
    expect(() => new Function(script)).not.toThrow();
  });
  test("has every word that is translated", () => {
    const words = Object.values(languages.get("en")?.search ?? {});
    expect(words.length).toBeGreaterThan(10);
    expect(() => redocScript(labels, words)).not.toThrow();
    expect(() => redocScript([...labels, "no.such.word"])).toThrow(DocsError);
    expect(() => redocScript(labels, ["No such word"])).toThrow(DocsError);
  });
});

test("every instance has a page in its own language", () => {
  for (const name of instanceNames) expect(languages.has(loadDescription(name).language)).toBe(true);
});
