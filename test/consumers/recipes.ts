import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { projectRoot } from "../../src/generate/paths.ts";
import { startSandbox } from "../../src/sandbox/index.ts";

const run = promisify(execFile);

/** The code block of docs/client.md that contains a text. */
export async function recipe(text: string): Promise<string> {
  const docs = await readFile(join(projectRoot, "docs/client.md"), "utf8");
  const blocks = [...docs.matchAll(/```(?:tsx|js)\n(.*?)```/gs)].map(([, code = ""]) => code);
  const found = blocks.find((block) => block.includes(text));
  if (found === undefined) throw new Error(`docs/client.md has no recipe with ${text}.`);
  return found;
}

/** Runs code in a project, on a sandbox with two handlers. */
async function onSandbox(place: string, file: string): Promise<string> {
  const sandbox = await startSandbox({ instance: "k.aws.bj", seed: 2 });
  try {
    const env = { ...process.env, BASE_URL: sandbox.baseUrl, API_KEY: sandbox.apiKey };
    return (await run(process.execPath, [file], { cwd: place, env })).stdout;
  } finally {
    await sandbox.close();
  }
}

const client = `import { createClient } from "notification-handlers-api";
const client = createClient({ instance: "k.aws.bj", baseUrl: process.env["BASE_URL"], apiKey: process.env["API_KEY"] ?? "" });
`;

/** Renders the recipe's component and waits for both numbers. The document must exist before React is loaded. */
const renderTotals = `import { Window } from "happy-dom";
const window = new Window();
Object.assign(globalThis, { window, document: window.document });
globalThis.navigator ??= window.navigator; // Node 20 has none.
const { createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const { QueryClient, QueryClientProvider } = await import("@tanstack/react-query");
const { Totals } = await import("./totals.mjs");

const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
const place = document.body.appendChild(document.createElement("div"));
createRoot(place).render(createElement(QueryClientProvider, { client: queries }, createElement(Totals)));
const until = Date.now() + 60_000;
while (place.textContent.includes("undefined") || place.textContent === "") {
  if (Date.now() > until) throw new Error("not rendered: " + place.innerHTML);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
console.log(place.textContent);
process.exit();
`;

/** Lays the component out in totals.tsx. @returns what it shows */
export async function reactQuery(place: string): Promise<string> {
  await writeFile(join(place, "totals.tsx"), client + (await recipe("openapi-react-query")));
  await writeFile(join(place, "start.mjs"), renderTotals);
  const build = await rolldown({ input: "totals.tsx", cwd: place, platform: "node", external: /^[^./]/ });
  await build.write({ file: join(place, "totals.mjs") });
  await build.close();
  return onSandbox(place, "start.mjs");
}

/** @returns what a client lists through a proxy, and which host the proxy was asked for */
export async function proxy(place: string): Promise<{ listed: string; asked: (string | undefined)[] }> {
  const asked: (string | undefined)[] = [];
  const server = createServer().on("connect", (request, socket) => {
    asked.push(request.url);
    const [host, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const call = `${client}console.log((await client.list()).meta.total, (await client.create({ type: "email", name: "n" })).id);`;
  await writeFile(
    join(place, "proxy.mjs"),
    `process.env.HTTPS_PROXY = "${url}";\n${await recipe("ProxyAgent")}${call}`,
  );
  try {
    return { listed: await onSandbox(place, "proxy.mjs"), asked };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}
