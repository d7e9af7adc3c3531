import { expect, test } from "vitest";
import { conditionIn } from "../../src/import/condition.ts";

const known = new Set(["email", "webhook", "slack"]);

test.each<[string, string[] | undefined]>([
  ["Required if type = email", ["email"]],
  ["Only when `type` = `email`.", ["email"]],
  ["if type: email", ["email"]],
  ["type → email", ["email"]],
  // A sign tells even of a type that nothing else names.
  ["type = pigeon", ["pigeon"]],
  ["type == pigeon", ["pigeon"]],
  // Words do so of a known type alone.
  ["when type is email", ["email"]],
  ["when type is pigeon", undefined],
  ["if the type that was chosen is not the one of email", undefined],
  ["when type is set. email is then sent", undefined],
  ["email as type", ["email"]],
  ["with email chosen as the type", undefined],
  ["type = email, webhook, slack", ["email", "webhook", "slack"]],
  ["type is email, webhook", ["email", "webhook"]],
  ["type = email, pigeon, slack", ["email"]],
  ["type = email webhook", ["email"]],
  ["type = email or type = webhook", ["email", "webhook"]],
  ["type = email; type = email", ["email"]],
  ["type =", undefined],
  ["the kind is email", undefined],
  ["", undefined],
])("%j applies to %j", (text, types) => {
  expect(conditionIn(text, "type", known)).toEqual(types);
});
