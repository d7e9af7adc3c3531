import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const handler = { data: { id: 7, type: "email", name: "x", settings: {}, is_enabled: true } };

/** How the server goes wrong, by the first segment of the path. */
const answers: Record<string, (response: ServerResponse, times: number) => void> = {
  html: (response) =>
    response.setHeader("content-type", "text/html").end("<!doctype html><title>Log in</title>"),
  cut: (response) => response.end('{"data":{"id":7'),
  broken: (response) => {
    response.writeHead(200, { "content-length": "1000" }).write('{"data":', () => response.destroy());
  },
  elsewhere: (response) => response.writeHead(302, { location: "http://elsewhere.example/" }).end(),
  silent: () => {},
  recovers: (response, times) => response.writeHead(times === 1 ? 503 : 200).end(JSON.stringify(handler)),
};

/** A server that fails in each of these ways, and records its requests. */
export async function startWrongServer() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "authorization, content-type");
    if (request.method === "OPTIONS") {
      response.writeHead(204).end();
      return;
    }
    const what = request.url?.split("/")[1] ?? "";
    asked.push(what);
    answers[what]?.(response, asked.filter((it) => it === what).length);
  });
  const url = await listen(server);
  return {
    url,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** An address on which nothing listens. */
export async function refusedUrl(): Promise<string> {
  const server = createServer();
  const url = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

export async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
