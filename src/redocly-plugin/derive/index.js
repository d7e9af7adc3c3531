import { deriveExamples } from "./examples.js";
import { deriveList } from "./list.js";
import { deriveOperations } from "./operations.js";
import { deriveProvenance } from "./provenance.js";
import { deriveTypes } from "./types.js";

/**
 * Turns the family's contract into the contract of one instance, in place. The order matters: examples show what types, fields
 * and parameters there are.
 *
 * @param {import("../document.js").Node} document the family's contract, bundled, its internal annotations in place
 * @param {string} name the instance's name: its key under `apis` in redocly.yaml
 * @param {import("../options.js").InstanceOptions} options checked already
 */
export function deriveInstance(document, name, options) {
  deriveTypes(document, options);
  deriveList(document, options);
  deriveOperations(document, options);
  deriveExamples(document, options);
  deriveProvenance(document, name, options);
}
