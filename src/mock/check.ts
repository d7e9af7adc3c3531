import {
  type Operation,
  type Pairs,
  type Problem,
  validateForm,
  validatePathParameters,
  validateQuery,
} from "../description/index.ts";
import { FormError, parseForm } from "../form/index.ts";
import { hasBearer, Refusal, unauthorized } from "../http/index.ts";
import { preferenceParameters } from "./query.ts";

/** What a request for an operation carries. */
export interface MockRequest {
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  readonly body: Buffer;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Called with the fields of the form before they are checked. */
  readonly onForm?: (fields: Pairs) => void;
}

/**
 * Checks a request against the contract: key, path, query, form, in this order. Returns the names of undocumented query parameters, which
 * are ignored. Throws a Refusal with the contract's status and body.
 */
export function checkRequest(operation: Operation, request: MockRequest): readonly string[] {
  // Any key is valid: the mock has no accounts.
  if (operation.secured && !hasBearer(request.authorization))
    throw unauthorized(request.authorization, ", with any text as the key here");
  refuse(404, validatePathParameters(operation, request.pathParameters).problems);
  const query = [...request.query].filter(([name]) => !preferenceParameters.has(name));
  const { problems, undocumented } = validateQuery(operation, query);
  refuse(400, problems);
  if (operation.body !== undefined && (operation.body.required || request.body.length > 0)) {
    const fields = readFields(
      operation.body.contents.map((it) => it.mediaType),
      request,
    );
    request.onForm?.(fields);
    refuse(400, validateForm(operation, fields).problems);
  }
  return undocumented;
}

function readFields(mediaTypes: readonly string[], { contentType, body }: MockRequest): Pairs {
  try {
    const { fields } = parseForm(contentType, body, { mediaTypes });
    return fields;
  } catch (error) {
    if (error instanceof FormError) throw new Refusal(400, error.message);
    throw error;
  }
}

function refuse(status: number, problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new Refusal(
      status,
      problems.map(({ message }) => message),
    );
  }
}
