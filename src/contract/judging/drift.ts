import type { SeenProperties } from "../instance/index.ts";
import { excerpt } from "./present.ts";
import { broken, held, type Judged, type Remark } from "./remark.ts";

/** Headers that say something about the API and are useful to clients. */
const telling = /^(x-)?rate-?limit|^retry-after$|^deprecation$|^sunset$|^x-api-version$/;

/** How many unknown properties and types of one answer are reported. */
const most = 20;

/** Notes what an answer has beyond the contract. */
export function driftRemarks(judged: Judged, { undocumented, unknownTypes }: SeenProperties): Remark[] {
  const { model, operation, answer } = judged;
  const pointer = model.body(operation, answer.status);
  const note = (message: string, got: string, cause: string) =>
    broken(judged, "undocumented_data", { message, got, pointer, level: "note", cause });
  const headers = [...answer.headers].filter(([name]) => telling.test(name));
  return [
    ...[...undocumented]
      .slice(0, most)
      .map((path) =>
        note(
          `The answer has ${path.replaceAll(/\([^)]*\)/g, "")}, which is not in the contract.`,
          path,
          `property ${path.split(".").at(-1)}`,
        ),
      ),
    ...[...unknownTypes]
      .slice(0, most)
      .map((type) =>
        note(`A handler has a type that is not in the contract: ${excerpt(type)}.`, type, `type ${type}`),
      ),
    ...headers.map(([name, value]) =>
      note(
        `The answer has the header ${name}, which is not in the contract.`,
        `${name}: ${value}`,
        `header ${name}`,
      ),
    ),
    held("undocumented_data"),
  ];
}
