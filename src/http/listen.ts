import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";

/** The server can't listen at the given address. The message is one line for the person who started it. */
export class ListenError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ListenError";
  }
}

/**
 * Listens, and returns the origin: `http://127.0.0.1:4010`. Port 0 takes a free port. Throws ListenError if the port is in use or not
 * allowed, or the host is not an address of this machine.
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw new ListenError(reasonOf(error as NodeJS.ErrnoException, host, port), { cause: error });
  }
  return originOf(host, (app.server.address() as AddressInfo).port);
}

/** The origin at which this machine reaches a server on that host and port. */
export function originOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

function reasonOf(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use: stop what listens there, or choose another with --port (0 takes a free one).`;
    case "EACCES":
      return `Port ${port} on ${host} must not be used by this user: choose one above 1023 with --port.`;
    case "ERR_SOCKET_BAD_PORT":
      return `There is no port ${port}: a port is a whole number from 0, which takes a free one, to 65535.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is not an address of this machine: choose another with --host.`;
    default:
      return `Can't listen on ${host}, port ${port}: ${error.message}.`;
  }
}

/** How long running requests may take when the server closes, in milliseconds. */
const graceMilliseconds = 1_000;

/** Closes the server. Running requests get one second to end. */
export async function closeSoon(app: FastifyInstance): Promise<void> {
  // Node treats a connection without any request as busy, and would wait for its timeout.
  const grace = setTimeout(() => app.server.closeAllConnections(), graceMilliseconds);
  try {
    await app.close();
  } finally {
    clearTimeout(grace);
  }
}
