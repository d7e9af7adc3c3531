import { expect, test } from "vitest";
import { descriptionNames, loadDescription, validateResponse } from "../../src/description/index.ts";
import { createApp, errorsBody, ListenError, listen, originOf, Refusal } from "../../src/http/index.ts";

test.each(descriptionNames)("the errors body is the one of the contract of %s", (name) => {
  for (const operation of loadDescription(name).operations) {
    for (const status of [...operation.responses.keys()].map(Number).filter((it) => it >= 400)) {
      const body = JSON.parse(errorsBody(status, ["One.", "Two."]));
      expect(validateResponse(operation, status, "application/json", body)).toEqual([]);
    }
  }
});

test("a refusal is answered as it is, another fault as 500 without a word of it", async () => {
  const app = createApp();
  app.get("/refused", () => {
    throw new Refusal(429, ["Slow down.", "Please."], { "retry-after": "1" });
  });
  app.get("/broken", () => {
    throw new Error("secret detail");
  });
  const refused = await app.inject("/refused");
  expect(refused.statusCode).toBe(429);
  expect(refused.headers["retry-after"]).toBe("1");
  expect(refused.json()).toEqual({
    errors: [
      { title: "Slow down.", status: 429 },
      { title: "Please.", status: 429 },
    ],
  });
  const broken = await app.inject("/broken");
  expect(broken.statusCode).toBe(500);
  expect(broken.body).not.toContain("secret");
  expect(broken.json()).toEqual({ errors: [{ title: expect.any(String), status: 500 }] });
});

test("a port in use is one sentence", async () => {
  const [first, second] = [createApp(), createApp()];
  const { port } = new URL(await listen(first, "127.0.0.1", 0));
  await expect(listen(second, "127.0.0.1", Number(port))).rejects.toThrow(ListenError);
  await expect(listen(createApp(), "127.0.0.1", Number(port))).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use`,
  );
  await first.close();
});

test.each([
  ["127.0.0.1", "http://127.0.0.1:80"],
  ["0.0.0.0", "http://127.0.0.1:80"],
  ["::", "http://[::1]:80"],
  ["::1", "http://[::1]:80"],
  ["localhost", "http://localhost:80"],
])("%s is reached at %s", (host, origin) => {
  expect(originOf(host, 80)).toBe(origin);
});
