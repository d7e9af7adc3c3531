/**
 * Sends one request at a time: which key, how fast, how many, how much is read, and whether the API answers at all. Start at transport.ts.
 */
export { Budget, repeatsAtMost } from "./budget.ts";
export { type Clock, longestTimer, systemClock } from "./clock.ts";
export {
  authorizationOf,
  type Credential,
  isSendable,
  KeyError,
  type Keys,
  keyVariables,
  needKeys,
  otherKeyVariable,
  soundKeys,
  unsendable,
  variableOf,
} from "./credentials.ts";
export { curlLine } from "./curl.ts";
export { type Call, type Exchange, type Expectation, type Outcome, soundJson } from "./exchange.ts";
export { isCertain, isOwnRefusal, isWebPage } from "./outage.ts";
export { Pace, parseRate, type Schedule } from "./pace.ts";
export { isBaseUrl } from "./request.ts";
export { meanings, type Sign } from "./sign.ts";
export { Transport } from "./transport.ts";
