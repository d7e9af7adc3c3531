/** A header value of the form `value; name=token; name="quoted"`. */
export interface ParameterizedValue {
  /** Lower case. */
  readonly value: string;
  /** In the order sent, names in lower case. A repeated name appears several times. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const parameter = /[ \t]*;[ \t]*(?:([^ \t=;"]+)=(?:"((?:[^"\\]|\\.)*)"|([^ \t;"]*)))?[ \t]*/sy;

/**
 * Reads a header value with parameters (RFC 9110, section 5.6.6), such as Content-Type and Content-Disposition. Of the backslash escapes
 * only `\"` and `\\` are undone, since browsers send other backslashes as they are. Returns undefined for a value that does not have this
 * form.
 */
export function parseParameters(header: string): ParameterizedValue | undefined {
  const value = /^[ \t]*[^ \t;"]+[ \t]*/.exec(header)?.[0];
  if (value === undefined) return undefined;
  const parameters: [string, string][] = [];
  parameter.lastIndex = value.length;
  while (parameter.lastIndex < header.length) {
    const match = parameter.exec(header);
    if (match === null) return undefined;
    const [, name, quoted, token] = match;
    if (name === undefined) continue;
    parameters.push([name.toLowerCase(), quoted?.replace(/\\(["\\])/g, "$1") ?? token ?? ""]);
  }
  return { value: value.trim().toLowerCase(), parameters };
}

/** All values of one parameter. */
export function valuesOf(header: ParameterizedValue, name: string): string[] {
  return header.parameters.filter(([key]) => key === name).map(([, value]) => value);
}
