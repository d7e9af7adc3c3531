import { Refusal } from "./refusal.ts";

const advice = "send the header Authorization: Bearer {api_key}";

/**
 * The 401 for an Authorization header. It says what is wrong: the header is missing or malformed, or the key is unknown. It never repeats
 * the header: if the scheme was forgotten, the first word is the key.
 */
export function unauthorized(authorization: string | undefined, hint: string): Refusal {
  const refusal = (title: string) => new Refusal(401, title, { "www-authenticate": "Bearer" });
  if (authorization === undefined) return refusal(`There is no API key: ${advice}${hint}.`);
  if (!/^bearer( |$)/i.test(authorization))
    return refusal(`The Authorization header does not have the scheme Bearer: ${advice}${hint}.`);
  if (!hasBearer(authorization))
    return refusal(`There is no API key after Bearer in the Authorization header: ${advice}${hint}.`);
  return refusal(`The API key is unknown: ${advice}${hint}.`);
}

/** Whether an Authorization header has a key. */
export function hasBearer(authorization: string | undefined): boolean {
  return authorization !== undefined && /^Bearer +\S/i.test(authorization);
}

/** The key in an Authorization header; undefined if it has none. */
export function keyIn(authorization: string | undefined): string | undefined {
  return authorization !== undefined && hasBearer(authorization) ? authorization.slice(7).trim() : undefined;
}
