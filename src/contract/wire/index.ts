/**
 * Sends one request at a time: which key, how fast, how many, how much is read, and whether the API answers at all. Start at transport.ts.
 */
export { Budget, repeatsAtMost } from "./budget.ts";
export { type Clock, systemClock } from "./clock.ts";
export {
  authorizationOf,
  type Credential,
  KeyError,
  type Keys,
  keyVariables,
  needKeys,
  otherKeyVariable,
  soundKeys,
  variableOf,
} from "./credentials.ts";
export { curlLine } from "./curl.ts";
export { type Call, type Exchange, type Expectation, type Outcome, soundJson } from "./exchange.ts";
export { isCertain, isOwnRefusal, isWebPage } from "./outage.ts";
export { Pace, parseRate, type Schedule } from "./pace.ts";
export { meanings, type Sign } from "./sign.ts";
export { Transport } from "./transport.ts";
