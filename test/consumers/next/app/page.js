import { createClient } from "notification-handlers-api";
import Names from "./names";

/** A component of the server: it calls an instance while the page is built. */
export default async function Page() {
  const fetch = async () => new Response('{"data":{"id":7}}');
  const client = createClient({ instance: "k.aws.bj", apiKey: "key", fetch });
  const { id } = await client.create({ type: "email", name: "n", email: "a@example.com" });
  return (
    <main>
      <p>{`created ${id}`}</p>
      <Names />
    </main>
  );
}
