import { createClient, NotificationHandlersError, toDate } from "notification-handlers-api";
import type * as conecto from "notification-handlers-api/instances/app.conecto.ir";
import type { components, HandlerType, paths } from "notification-handlers-api/instances/k.aws.bj";

// What people who installed the package write. BASE_URL is a mock of k.aws.bj.
const baseUrl = process.env.BASE_URL ?? "";
const client = createClient({ instance: "k.aws.bj", baseUrl, apiKey: "any" });

const types = new Set<HandlerType>();
// The mock lists a handler of every type when it is asked for that example.
const headers = { Prefer: "example=every_type" };
const lists = createClient({ instance: "k.aws.bj", baseUrl, apiKey: "any", headers });
for await (const handler of lists.listAll()) {
  types.add(handler.type);
  if (handler.type === "telegram") handler.settings.telegram_chat_id satisfies string | undefined;
  toDate(handler.last_datetime) satisfies Date | null;
}
const { id } = await client.create({ type: "twilio", name: "On call", twilio: undefined });
await client.update(id, { is_enabled: true });
const handler = await client.get(id);
handler satisfies components["schemas"]["NotificationHandler"];
await client.delete(id);
const { data } = await lists.http.GET("/notification-handlers/" satisfies keyof paths, {
  params: { query: { is_enabled: 1 } },
});

// @ts-expect-error app.conecto.ir has no telegram
const type: conecto.HandlerType = "telegram";
// @ts-expect-error no such instance
const nowhere = () => createClient({ instance: "nope", apiKey: "any" });

const error = await client.get(1, { signal: AbortSignal.abort() }).catch((error: unknown) => error);
const code = error instanceof NotificationHandlersError ? error.code : type;
console.log(
  JSON.stringify({ types: [...types], id, code, listed: data?.data.length, nowhere: typeof nowhere }),
);
