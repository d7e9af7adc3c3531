import { describe, expect, test } from "vitest";
import {
  at,
  descriptionNames,
  familyName,
  isNode,
  loadDescription,
  step,
} from "../../src/description/index.ts";
import {
  DocsError,
  languageFor,
  loadLanguages,
  localOrigin,
  referenceDocument,
} from "../../src/docs/index.ts";
import { inEnglish, say } from "../../src/docs/languages.ts";
import { levelsOf } from "../../src/docs/marks.ts";
import { redocScript } from "../../src/docs/redoc.ts";

const languages = loadLanguages();

describe.each(descriptionNames)("the reference of %s", (name) => {
  const description = loadDescription(name);
  const language = languageFor(languages, description.about.language) ?? inEnglish(languages);
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
      const levels = levelsOf(value);
      if (!levels.includes("family") && !levels.includes("inferred")) return;
      found += 1;
      if (levels.includes("inferred")) expect(text, pointer).toContain(noteOf(String(value["x-assumption"])));
      else expect(text, pointer).toContain(say(language, "familyNote"));
      expect(marked, pointer).toHaveProperty("x-badges");
    };
    visit(description.document, "#");
    expect(found).toBeGreaterThan(20);
  });

  function noteOf(assumption: string): string {
    return say(language, "inferredNote", {
      assumption: language.contract.translate(assumption) ?? assumption,
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
    const { servers } = description.document as { servers: { url: string }[] };
    expect(urls).toEqual(
      name === familyName ? servers.map(({ url }) => url) : [description.baseUrl, ...local],
    );
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
