/**
 * The bundled description of an instance (`generated/<instance>/openapi.yaml`) as an object: its operations, how a method
 * and a path lead to them, and checks of requests and answers that name the broken statement by its JSON pointer.
 *
 *     const description = loadDescription("bitpeak.ru");
 *     const match = description.matchOperation("GET", "/notification-handlers/");
 *     if (match.kind === "operation") validateQuery(match.operation, new URLSearchParams("page=2"));
 */
export { coerce } from "./coerce.ts";
export { type DatetimeFormat, datetimeFormat } from "./datetime.ts";
export { createDescription, type Description, type DescriptionInput, readPaths } from "./description.ts";
export { type Evidence, evidenceOf } from "./evidence.ts";
export { familyName } from "./family-name.ts";
export { keyVariable } from "./key-variable.ts";
export { nearest, pathsOf, shortList, shownKind, strayOption } from "./known-names.ts";
export type { Match, Matcher } from "./match.ts";
export { type Model, modelOf, objectOf } from "./model.ts";
export { at, follow, isNode, type Located, type Node, step, stepsOf } from "./nodes.ts";
export type { Operation, Parameter } from "./operations.ts";
export { list, type Problem, quote, shownValue } from "./problem.ts";
export {
  adoptDescription,
  BundleError,
  bundlesFolder,
  contractOf,
  describeBundles,
  descriptionNames,
  instanceEntry,
  instanceNames,
  loadDescription,
  readRegistry,
  roleNames,
  UnknownInstanceError,
} from "./registry.ts";
export type { InstanceEntry, Registry, RegistryParameter, RoleNames } from "./registry-entry.ts";
export {
  type Pairs,
  type StrayFields,
  validateForm,
  validatePathParameters,
  validateQuery,
} from "./requests.ts";
export { mediaTypeOf, responseFor, validateResponse } from "./responses.ts";
export type { MetaRole, ParameterRole, PropertyRole } from "./role-names.ts";
export { type OperationKind, type Roles, rolesOf } from "./roles.ts";
export type { Statement } from "./statement.ts";
export { type Branch, branchesOf, branchOf, readObject, readUnion, type Union } from "./unions.ts";
