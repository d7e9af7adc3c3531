import { connect } from "node:tls";

/** The time limit for reading a certificate, in milliseconds. */
const patience = 5_000;

/**
 * When the certificate of an https host expires, in milliseconds since 1970, whether or not it is trusted. No request is sent. Undefined
 * for http, and if no certificate is received in time.
 */
export function certificateEnd(baseUrl: string, signal?: AbortSignal): Promise<number | undefined> {
  const { protocol, hostname, port } = new URL(baseUrl);
  if (protocol !== "https:") return Promise.resolve(undefined);
  const host = hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    // Untrusted certificates are accepted, since an expired one must be reported, too. The connection carries no request and no key.
    const socket = connect({
      host,
      port: Number(port || 443),
      rejectUnauthorized: false,
      ...(/^[\d.]+$|:/.test(host) ? {} : { servername: host }),
    });
    const end = (time?: number) => {
      signal?.removeEventListener("abort", stop);
      socket.destroy();
      resolve(time);
    };
    const stop = () => end();
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
    socket.setTimeout(patience, stop);
    socket.on("error", stop);
    socket.on("secureConnect", () => {
      const time = Date.parse(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(time) ? undefined : time);
    });
  });
}
