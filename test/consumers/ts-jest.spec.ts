import { expect, test } from "@jest/globals";
import { use } from "./use";

test("the package compiles, loads and calls", async () => {
  expect(await use()).toBe("7 Ops https://bitpeak.ru/api google_chat invalid_argument");
});
