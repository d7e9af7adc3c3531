/** Derives the contract of an instance from the family's, step by step. */
import { deriveExamples } from "./examples.js";
import { deriveList } from "./list.js";
import { deriveOperations } from "./operations.js";
import { deriveProvenance } from "./provenance.js";
import { deriveTypes } from "./types.js";

/**
 * Turns the family's contract into the contract of one instance, in place. The order matters: examples depend on the types, fields and
 * parameters.
 *
 * @param {import("../document.js").Node} document the family's contract, bundled, with its internal annotations
 * @param {string} name the instance's name: its key under `apis` in redocly.yaml
 * @param {import("../options.js").InstanceOptions} options already checked
 */
export function deriveInstance(document, name, options) {
  deriveTypes(document, options);
  deriveList(document, options);
  deriveOperations(document, options);
  deriveExamples(document, options);
  deriveProvenance(document, name, options);
}
