import { expect, test } from "vitest";
import { nearest, pathsOf, shortList, strayOption } from "../../src/description/index.ts";

const many = Array.from({ length: 100 }, (_, index) => `instance-${index}.example`);

test.each<[string, readonly string[], string]>([
  ["a", [], "there are none"],
  ["a", ["b"], "there is b"],
  ["", ["b", "c"], "there are b, c"],
  [
    "Instance-42.exampl",
    many,
    "the nearest of the 100 names are instance-42.example, instance-2.example, instance-4.example, instance-12.example, instance-22.example",
  ],
  [
    "instance-7",
    many,
    "the nearest of the 100 names are instance-7.example, instance-70.example, instance-71.example, instance-72.example, instance-73.example",
  ],
])("the nearest name is suggested instead of %j", (name, known, text) => {
  expect(nearest(name, known)).toBe(text);
});

test.each([
  [[], "there are none"],
  [["b"], "there is b, at /mock/b/api"],
  [["b", "c"], "there are b, c, each at /mock/<name>/api"],
  [many.slice(0, 11), /^the nearest of the 11 names are \S+, .*, each at \/mock\/<name>\/api$/],
])("the place of each name follows the names %j", (known, text) => {
  expect(nearest("a", known, "/mock/<name>/api")).toMatch(text);
});

test("a name of any length is answered at once, in few words", () => {
  expect(nearest("x".repeat(100_000), many).length).toBeLessThan(200);
});

test("ten names are told, and of eleven those that are nearest or come first", () => {
  const [ten, eleven] = [many.slice(0, 10), many.slice(0, 11)];
  expect(nearest("a", ten)).toBe(`there are ${ten.join(", ")}`);
  expect(nearest("a", eleven)).toMatch(/^the nearest of the 11 names are /);
  expect(shortList(ten)).toBe(ten.join(", "));
  expect(shortList(eleven)).toBe(`${eleven.slice(0, 5).join(", ")} and 6 more`);
});

test("of names that are as near as each other the shorter come first", () => {
  const known = ["naming", "nam", "name", ...many];
  expect(nearest("nam", known)).toMatch(/names are nam, name, naming,/);
  expect(nearest("NAMEE", known)).toMatch(/names are name, nam, /);
});

test("many names are told by the first of them", () => {
  expect(shortList(["a", "b"])).toBe("a, b");
  expect(shortList(many)).toBe(`${many.slice(0, 5).join(", ")} and 95 more`);
});

test.each<[unknown, string | undefined]>([
  [{}, undefined],
  [{ port: 1, host: "a" }, undefined],
  [{ port: 1, prot: 2 }, 'There is no option "prot": there are port, host.'],
  [null, "The options must be an object, such as { port: ... }."],
  ["port", "The options must be an object, such as { port: ... }."],
  [[], "The options must be an object, such as { port: ... }."],
])("of the options %j it is said: %s", (given, message) => {
  expect(strayOption(given, ["port", "host"])).toBe(message);
});

test("the paths of a description are told once each", () => {
  const paths = (...all: string[]) => pathsOf({ operations: all.map((path) => ({ path })) });
  expect(paths("/a")).toBe("there is /a");
  expect(paths("/a", "/b", "/a")).toBe("there are /a, /b");
});
