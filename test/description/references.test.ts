import { describe, expect, test } from "vitest";
import {
  at,
  branchesOf,
  branchOf,
  follow,
  type Node,
  readObject,
  readUnion,
  step,
  stepsOf,
} from "../../src/description/index.ts";
import { kindsAt } from "../../src/description/unions.ts";

describe("a pointer", () => {
  test.each([
    ["#", []],
    ["#/paths", ["paths"]],
    ["#/paths/~1pets~1{id}", ["paths", "/pets/{id}"]],
    ["#/a~0b/~01", ["a~b", "~1"]],
    ["#/a/0/", ["a", "0", ""]],
  ])("%s has the steps %j, and they make it", (pointer, steps) => {
    expect(stepsOf(pointer)).toEqual(steps);
    expect(steps.reduce(step, "#")).toBe(pointer);
  });

  test("finds what the document itself has, and nothing that every object has", () => {
    const document: Node = { list: [{ "a/b": null }], text: "abc" };
    expect(at(document, "#")).toBe(document);
    expect(at(document, "#/list/0/a~1b")).toBeNull();
    for (const nowhere of ["#/constructor", "#/list/1", "#/list/0/a~1b/c", "#/text/0", "#/text/length"])
      expect(at(document, nowhere), nowhere).toBeUndefined();
  });
});

describe("a reference", () => {
  const target = { type: "string" };
  const document: Node = {
    "a b": target,
    "50%": target,
    again: { $ref: "#/a%20b" },
    one: { $ref: "#/other" },
    other: { $ref: "#/one" },
    text: "no object",
  };
  const ref = (to: string) => follow(document, { $ref: to }, "#/here");

  test("is followed to its end, whose place is told", () => {
    expect(follow(document, target, "#/here")).toEqual({ node: target, pointer: "#/here" });
    expect(ref("#/again")).toEqual({ node: target, pointer: "#/a b" });
  });

  test("may have a percent sign that encodes nothing", () => {
    expect(ref("#/50%")).toEqual({ node: target, pointer: "#/50%" });
  });

  test.each([
    ["#/one", "#/other: #/one refers to itself"],
    ["other.yaml#/x", "#/here: other.yaml#/x points outside of the bundle"],
    ["#/nowhere", "#/nowhere: nothing is there, or not an object"],
    ["#/text", "#/text: nothing is there, or not an object"],
  ])("to %s is refused, with its place", (to, message) => {
    expect(() => ref(to)).toThrow(new Error(message));
  });
});

describe("a oneOf", () => {
  const branch = (properties: Node, more: Node = {}): Node => ({ type: "object", properties, ...more });
  const cat = branch({ species: { const: "cat" }, naps: {} });
  const dog = branch({ species: { const: "dog" }, tricks: {} });
  const keeping = branch({ name: {} }, { additionalProperties: false });
  const told = branch({ name: {} }, { not: { required: ["species"] } });
  const loose = branch({ name: {} });
  const any = branch({ species: { type: "string", not: { enum: ["cat", "dog"] } } });
  const read = (...oneOf: Node[]) =>
    readUnion({ schema: { oneOf } }, { node: { oneOf }, pointer: "#/schema" });

  test.each<[string, Node[], (string | undefined)[]]>([
    ["each with a value", [cat, dog], ["cat", "dog"]],
    ["one of which lacks the property and takes no more", [cat, keeping], ["cat", undefined]],
    ["one of which lacks the property and says so", [cat, told], ["cat", undefined]],
    ["one of which takes any other value", [cat, dog, any], ["cat", "dog", undefined]],
    ["of all these kinds", [cat, keeping, any], ["cat", undefined, undefined]],
  ])("with branches %s is a union", (_, branches, values) => {
    const union = read(...branches);
    expect(union?.property).toBe("species");
    expect(union && branchesOf(union).map(({ value }) => value)).toEqual(values);
  });

  test.each<[string, Node[]]>([
    ["none", []],
    ["one of which might be another, too", [cat, loose]],
    ["two of which lack the property", [cat, keeping, told]],
    ["two of which take any other value", [cat, any, any]],
    ["two of which have the same value", [cat, cat]],
    ["none of which has a value", [keeping, any]],
    ["one of which takes another type of value", [cat, branch({ species: { type: "integer" } })]],
    ["one of which takes any text, the others' too", [cat, branch({ species: { type: "string" } })]],
  ])("with branches %s is no union", (_, branches) => {
    expect(read(...branches)).toBeUndefined();
  });

  test("chooses the branch by a text alone", () => {
    const union = read(cat, dog, keeping, any);
    const chosen = (value: unknown) => union && branchOf(union, value)?.pointer;
    expect(chosen("dog")).toBe("#/schema/oneOf/1");
    expect(chosen(undefined)).toBe("#/schema/oneOf/2");
    expect(chosen("cow")).toBe("#/schema/oneOf/3");
    expect([5, null, ["cat"]].map(chosen)).toEqual([undefined, undefined, undefined]);
  });
});

describe("a choice", () => {
  const object = { type: "object", required: ["a"], properties: { a: { $ref: "#/text" } } };
  const document: Node = {
    text: { type: "string" },
    maybe: { anyOf: [{ type: "null" }, object] },
    either: { anyOf: [object, { ...object, required: [] }] },
    kinds: { anyOf: [{ $ref: "#/text" }, { type: ["integer", "null"] }] },
  };

  test("with one object is read as that object", () => {
    const { pointer, required, properties } = readObject(
      document,
      follow(document, document.maybe, "#/maybe"),
    );
    expect({ pointer, required }).toEqual({ pointer: "#/maybe/anyOf/1", required: ["a"] });
    expect(properties.get("a")).toEqual({ node: { type: "string" }, pointer: "#/text" });
  });

  test("with two objects is read as neither", () => {
    const { pointer, required, properties } = readObject(
      document,
      follow(document, document.either, "#/either"),
    );
    expect({ pointer, required, size: properties.size }).toEqual({
      pointer: "#/either",
      required: [],
      size: 0,
    });
  });

  test("takes the types of all that it offers", () => {
    expect([...kindsAt(document, "#/kinds")]).toEqual(["string", "integer", "null"]);
    expect([...kindsAt(document, "#/text")]).toEqual(["string"]);
  });
});
