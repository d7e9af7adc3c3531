import { expect, test } from "vitest";
import { directionsTo } from "../../src/workbench/index.ts";

test.each<[path: string, said: string | undefined]>([
  ["/sandbox/a.example/_requests", "_requests is at /_requests"],
  ["/mock/a.example/api/_requests/7", "_requests is at /_requests"],
  ["/sandbox/a.example/api/_snapshot/x", "_snapshot is at /sandbox/a.example/_snapshot"],
  ["/mock/a.example/api/_behaviour", "_behaviour is at /mock/a.example/_behaviour"],
  ["/sandbox/_behaviour", "_behaviour is at /sandbox/<name>/_behaviour"],
  ["/_behaviour", "_behaviour is at /mock/<name>/_behaviour or /sandbox/<name>/_behaviour"],
  ["/_seed", "_seed is at /sandbox/<name>/_seed"],
  ["/sandbox/_health", "_health is at /_health or /sandbox/<name>/_health"],
  ["/mock/a.example/_behavior", "there are /_requests, /mock/a.example/_behaviour, /mock/a.example/_reset"],
  ["/sandbox/a.example/api/_nix", undefined],
  ["/sandbox/a.example/docs", undefined],
])("who asks for %s is told: %s", (path, said) => {
  expect(directionsTo(path)).toBe(said);
});

test("a server that has mocks alone sends nobody to a sandbox", () => {
  expect(directionsTo("/_behaviour", ["mock"])).toBe("_behaviour is at /mock/<name>/_behaviour");
  expect(directionsTo("/_seed", ["mock"])).toBe(
    "there are /_requests, /mock/<name>/_behaviour, /mock/<name>/_reset",
  );
});
