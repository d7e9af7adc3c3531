const { createClient, NotificationHandlersError } = require("notification-handlers-api");
const bitpeak = require("notification-handlers-api/instances/bitpeak.ru");

test("the package loads, calls and throws", async () => {
  const fetch = async () => new Response('{"data":{"id":7}}');
  const client = createClient({ instance: "k.aws.bj", apiKey: "key", fetch });
  expect(await client.create({ type: "email", name: "n", email: "a@example.com" })).toEqual({ id: 7 });
  expect(() => bitpeak.createClient({ apiKey: "" })).toThrow(NotificationHandlersError);
});
