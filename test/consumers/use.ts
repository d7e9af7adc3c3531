import { createClient, NotificationHandlersError } from "notification-handlers-api";
import * as bitpeak from "notification-handlers-api/instances/bitpeak.ru";

/** What every kind of project does with the package: a call, an error, an instance's own entry, without a network. */
export async function use(): Promise<string> {
  const fetch = async () =>
    new Response('{"data":{"id":7}}', { headers: { "content-type": "application/json" } });
  const client = createClient({ instance: "k.aws.bj", apiKey: "key", fetch });
  const { id } = await client.create({
    type: "telegram",
    name: "Ops",
    telegram: "1:T",
    telegram_chat_id: "42",
  });
  type Body = Parameters<typeof client.create>[0];
  // @ts-expect-error telegram has no such field
  const wrong: Body = { type: "telegram", name: "Ops", slack: "https://s.example" };
  const own = bitpeak.createClient({ apiKey: "key", fetch });
  const type: bitpeak.HandlerType = "google_chat";
  const error = await client.delete(0 / 0).catch((thrown: unknown) => thrown);
  const code = error instanceof NotificationHandlersError ? error.code : "none";
  return [id, wrong.name, own.baseUrl, bitpeak.handlerTypes[type].join(), code].join(" ");
}
