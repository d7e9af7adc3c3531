import { Refusal } from "./refusal.ts";

const advice = "send the header Authorization: Bearer {api_key}";

/**
 * The 401 for an Authorization header, which says what is wrong with it: that it is not there, that it carries no key as it should, or that
 * the key is unknown. Nothing of it is repeated: where the scheme was forgotten, its first word is the key.
 */
export function unauthorized(authorization: string | undefined, hint: string): Refusal {
  const known = "www-authenticate";
  const refusal = (title: string) => new Refusal(401, title, { [known]: "Bearer" });
  if (authorization === undefined) return refusal(`There is no API key: ${advice}${hint}.`);
  if (!/^bearer( |$)/i.test(authorization))
    return refusal(`The Authorization header has another scheme than Bearer: ${advice}${hint}.`);
  if (!hasBearer(authorization))
    return refusal(`There is no API key behind Bearer in the Authorization header: ${advice}${hint}.`);
  return refusal(`The API key is unknown: ${advice}${hint}.`);
}

/** Whether an Authorization header carries a key. */
export function hasBearer(authorization: string | undefined): boolean {
  return authorization !== undefined && /^Bearer +\S/i.test(authorization);
}

/** The key that an Authorization header carries; undefined where it carries none. */
export function keyIn(authorization: string | undefined): string | undefined {
  return authorization !== undefined && hasBearer(authorization) ? authorization.slice(7).trim() : undefined;
}
