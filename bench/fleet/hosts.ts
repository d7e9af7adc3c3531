/**
 * The hosts of the fleet's bench, in a process of their own: a sandbox on each port. It prints the instances as a line of JSON, and at SIGTERM
 * another with how many requests each has had.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { instanceNames } from "../../src/description/index.ts";
import { createApp } from "../../src/http/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

const [count = "200", apiKey = ""] = process.argv.slice(2);
const sandbox = createSandbox({ apiKeys: [apiKey], seed: 15 });
const app = createApp({ hosts: ["127.0.0.1"] });
await app.register(sandbox.plugin);
await app.ready();

const requests: Record<string, number> = {};
const instances = await Promise.all(
  Array.from({ length: Number(count) }, async (_, index) => {
    const instance = instanceNames[index % instanceNames.length] ?? "";
    const name = `${instance} ${index + 1}`;
    requests[name] = 0;
    const server = createServer((request, response) => {
      requests[name] = (requests[name] ?? 0) + 1;
      app.routing(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return { name, instance, base_url: `http://127.0.0.1:${port}/sandbox/${instance}/api` };
  }),
);
console.log(JSON.stringify(instances));
process.on("SIGTERM", () => {
  process.stdout.write(`${JSON.stringify({ requests })}\n`, () => process.exit(0));
});
