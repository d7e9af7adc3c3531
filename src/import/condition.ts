import { withoutMarks } from "./characters.ts";
import { type Token, tokensOf } from "./token.ts";
import { withoutQuotes } from "./values.ts";

/**
 * The handler types that a row is for: finds "type = email" in any phrasing, with a sign between the two, or with words if the value is a
 * known type.
 *
 * @param name   the property that conditions are about
 * @param known  handler types that the page or the contract names
 * @returns undefined if the text names no type
 */
export function conditionIn(
  text: string,
  name: string,
  known: ReadonlySet<string>,
): readonly string[] | undefined {
  const bare = withoutMarks(text);
  if (!bare.includes(name)) return undefined;
  const tokens = withoutQuotes(tokensOf(bare));
  const types: string[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.text !== name || token.kind !== "name") continue;
    const value = valueBehind(tokens, at, known) ?? valueBefore(tokens, at, known);
    if (value !== undefined) types.push(...value);
  }
  return types.length === 0 ? undefined : [...new Set(types)];
}

function valueBehind(tokens: readonly Token[], at: number, known: ReadonlySet<string>): string[] | undefined {
  let next = at + 1;
  while (isSign(tokens[next])) next += 1;
  const hasSign = next > at + 1;
  const value = tokens[next];
  if (hasSign && value !== undefined && isValue(value)) return [value.text, ...others(tokens, next, known)];
  const near = tokens.slice(at + 1, at + 5);
  const found = near.findIndex((token) => isValue(token) && known.has(token.text));
  if (found === -1 || near.slice(0, found).some(({ kind }) => kind === "stop")) return undefined;
  return [near[found]?.text ?? "", ...others(tokens, at + 1 + found, known)];
}

/** "email as type": the value precedes the name. */
function valueBefore(tokens: readonly Token[], at: number, known: ReadonlySet<string>): string[] | undefined {
  const near = tokens.slice(Math.max(0, at - 3), at).reverse();
  const found = near.find((token) => isValue(token) && known.has(token.text));
  return found && [found.text];
}

/** Further types after the first one, in a list. */
function others(tokens: readonly Token[], at: number, known: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (let next = at + 1; next < tokens.length; next++) {
    const token = tokens[next];
    if (token?.kind === "comma") continue;
    if (tokens[next - 1]?.kind !== "comma" || !token || !isValue(token) || !known.has(token.text)) break;
    found.push(token.text);
  }
  return found;
}

const isValue = ({ kind }: Token) => kind === "name";

const isSign = (token: Token | undefined) =>
  token !== undefined && (/^[=≡→⇒≈]$/.test(token.text) || token.kind === "colon");
