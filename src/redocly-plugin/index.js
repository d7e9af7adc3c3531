/**
 * The Redocly plugin of this contract: decorators that derive an instance and publish the family, a preprocessor that lets examples refer
 * to each other, and lint rules that Redocly's own rules and assertions can't express.
 *
 * It is plain JavaScript (type-checked through JSDoc), so that `npx redocly` and editors with a Redocly extension load it on every
 * supported Node version without a TypeScript loader.
 */
import { inlineExamples } from "./inline-examples.js";
import { family, instance } from "./instance.js";
import {
  evidence,
  examplesValid,
  handlerTypesComplete,
  listFormsAgree,
  listParametersServed,
} from "./rules/index.js";

export default function plugin() {
  return {
    id: "notification-handlers",
    preprocessors: { oas3: { "inline-examples": inlineExamples } },
    decorators: { oas3: { family, instance } },
    rules: {
      oas3: {
        evidence,
        "examples-valid": examplesValid,
        "handler-types-complete": handlerTypesComplete,
        "list-forms-agree": listFormsAgree,
        "list-parameters-served": listParametersServed,
      },
    },
  };
}
