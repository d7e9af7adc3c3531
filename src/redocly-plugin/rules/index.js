/** The lint rules of this project, by their names in redocly.yaml without the prefix. */
export { evidence } from "./evidence.js";
export { examplesValid } from "./examples-valid.js";
export { handlerTypesComplete } from "./handler-types-complete.js";
export { listFormsAgree } from "./list-forms-agree.js";
export { listParametersServed } from "./list-parameters-served.js";
