/** Samples of every operation in five languages. They work as pasted. All names and values come from the contract. */
import type { Description } from "../../description/index.ts";
import { type Call, callsOf } from "./calls.ts";
import { curl } from "./curl.ts";
import { javascript } from "./javascript.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { type Request, requestOf } from "./request.ts";
import { typescript } from "./typescript.ts";

export type { Call } from "./calls.ts";

/** The languages of samples: the name, and the function that writes a call. In the order that readers see. */
export const tools = {
  curl: { label: "curl", language: "bash", write: withRequest(curl) },
  typescript: { label: "TypeScript", language: "typescript", write: typescript },
  javascript: { label: "JavaScript", language: "javascript", write: withRequest(javascript) },
  python: { label: "Python", language: "python", write: withRequest(python) },
  php: { label: "PHP", language: "php", write: withRequest(php) },
} as const;

export type Tool = keyof typeof tools;

/** A call in one language. */
export interface Sample extends Call {
  readonly tool: Tool;
  readonly source: string;
}

/** The calls of every operation, each in all languages. */
export function samplesOf(description: Description): Sample[] {
  return description.operations
    .flatMap((operation) => callsOf(description, operation))
    .flatMap((call) => writtenIn(description, call));
}

/** A call in all languages. */
export function writtenIn(description: Description, call: Call): Sample[] {
  return (Object.keys(tools) as Tool[]).map((tool) => {
    return { ...call, tool, source: tools[tool].write(description, call) };
  });
}

function withRequest(write: (request: Request) => string) {
  return (description: Description, call: Call): string => write(requestOf(description, call));
}
