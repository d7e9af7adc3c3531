import { createClient } from "notification-handlers-api";

test("the package loads as ES modules", () => {
  expect(createClient({ instance: "k.aws.bj", apiKey: "key" }).baseUrl).toBe("https://k.aws.bj/api");
});
