import { describe, expect, test } from "vitest";
import { descriptionNames, instanceEntry, instanceNames } from "../../src/description/index.ts";
import { type Json, readBundle } from "./bundle.ts";

/** Every media type, parameter and schema of a bundle that has examples, with where it stands. */
function* withExamples(node: Json, pointer = "#"): Generator<[string, Json]> {
  if (typeof node !== "object" || node === null) return;
  if (node.examples && typeof node.examples === "object") yield [pointer, node];
  for (const [key, child] of Object.entries(node)) {
    if (key !== "examples") yield* withExamples(child, `${pointer}/${key.replaceAll("/", "~1")}`);
  }
}

describe.each(descriptionNames)("%s", (name) => {
  const { document, deref, validate } = readBundle(name);
  const { types } = instanceEntry(name);

  test("every example is valid against its schema", () => {
    let checked = 0;
    for (const [pointer, holder] of withExamples({
      paths: document.paths,
      components: document.components,
    })) {
      if (pointer === "#/components") continue;
      const values = Array.isArray(holder.examples)
        ? holder.examples.map((value: unknown) => [pointer, value])
        : Object.entries(holder.examples).map(([key, example]) => [
            `${pointer}/${key}`,
            deref(example).value,
          ]);
      for (const [where, value] of values) {
        expect(validate(holder.schema ?? holder, value), `${where}`).toBeNull();
        checked++;
      }
    }
    // Of each type: a handler, a form that creates one, and one that changes one.
    expect(checked).toBeGreaterThan(3 * types.length);
  });

  test("requests and the answer to a read have an example named after each type", () => {
    const one = document.paths["/notification-handlers/{notification_handler_id}"];
    const bodies = [document.paths["/notification-handlers"].post.requestBody, one.post.requestBody];
    for (const body of bodies) {
      const examples = body.content["multipart/form-data"].examples;
      expect(types.map((type) => deref(examples[type]).value.type)).toEqual(types);
    }
    const answers = deref(one.get.responses["200"]).content["application/json"].examples;
    expect(types.map((type) => answers[type].value.data.type)).toEqual(types);
    expect(Object.keys(answers)).toEqual(types);
  });

  test("an example of the list shows one handler of each type, and counts them", () => {
    const answer = deref(document.paths["/notification-handlers/"].get.responses["200"]);
    const { every_type: every }: Record<string, Json> = answer.content["application/json"].examples;
    expect(every.value.data.map((handler: Json) => handler.type)).toEqual(types);
    expect(every.value.meta.total).toBe(types.length);
  });

  test("examples name the instance's own base URL and nobody else's", () => {
    const text = JSON.stringify(document);
    for (const other of instanceNames) {
      expect(text.includes(instanceEntry(other).baseUrl)).toBe(other === name);
    }
    expect(text.includes("https://instance.example")).toBe(name === "family");
  });
});
