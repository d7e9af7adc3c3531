import { FormError } from "../../form/index.ts";
import { type Answer, failure } from "../answer.ts";
import { StoreError } from "../store/index.ts";
import { limits } from "./limits.ts";

/** The answer to whatever was thrown while a request was served. Nothing of an unexpected error is shown. */
export function answerTo(error: unknown): Answer {
  if (error instanceof FormError) return failure(400, error.message);
  if (error instanceof StoreError) return failure(500, "The sandbox's database failed; nothing was changed.");
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413) return failure(413, `The body is longer than ${limits.bodyBytes} bytes.`);
  // Fastify's word for a Content-Type that can't be read.
  if (statusCode === 415) return failure(400, "The Content-Type of the body can't be read.");
  if (code === "FST_ERR_BAD_URL") return failure(400, "The path is not valid percent-encoded UTF-8.");
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return failure(statusCode, "The request can't be read.");
  }
  return failure(500, "Something went wrong in the sandbox.");
}

const clientErrors: Readonly<Record<string, { status: number; title: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, title: `The headers are longer than ${limits.headerBytes} bytes.` },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, title: "The request took too long to arrive." },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, title: "The chunk extensions of the body are too long." },
};

/** The answer to bytes that are no HTTP request, by the code of Node's parser. */
export function answerToClientError(code: string | undefined): Answer {
  const { status, title } = clientErrors[code ?? ""] ?? {
    status: 400,
    title: "This is not a valid HTTP request.",
  };
  return failure(status, title);
}
