/** The instance's contract as the checks need it: its statements, sample values of its types, and what must not be done on it. */

export { lackingType, whyReadsOnly } from "./limits.ts";
export { combines, idleParameters, meaningOf } from "./list-parameters.ts";
export { isOrdered } from "./ordered.ts";
export type { Pair } from "./pair.ts";
export { filteredTypes, updatedTypes } from "./sampled-types.ts";
export { isAsSent, meaningOfSent } from "./sent.ts";
export {
  answerProperty,
  answerStatements,
  answers,
  asked,
  assumes,
  defaults,
  requires,
  statementsOf,
  takesField,
} from "./statements.ts";
export { triedWithMethod } from "./tried-method.ts";
export {
  changedField,
  changedFieldsOf,
  fieldsOf,
  hardTexts,
  renamedText,
  undocumentedParameter,
  unknownId,
  unknownType,
} from "./values.ts";
export { anyOther, type SeenProperties, seenProperties } from "./walk.ts";
