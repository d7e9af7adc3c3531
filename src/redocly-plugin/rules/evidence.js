const VALUES = ["documented", "family", "inferred"];

/**
 * Rule `notification-handlers/evidence`: `x-evidence` must be one of the known values, or a map from keywords of the node to them. Inferred
 * statements must say in `x-assumption` what was assumed.
 */
export function evidence() {
  return {
    any: {
      /**
       * @param {any} node
       * @param {any} context
       */
      enter(node, context) {
        if (typeof node !== "object" || node === null || Array.isArray(node)) return;
        const stated = node["x-evidence"];
        if (stated === undefined) {
          if ("x-assumption" in node) {
            context.report({
              message: "x-assumption without x-evidence: mark what is inferred.",
              location: context.location.child("x-assumption"),
            });
          }
          return;
        }
        const location = context.location.child("x-evidence");
        const entries = typeof stated === "string" ? [["", stated]] : Object.entries(stated);
        for (const [keyword, value] of entries) {
          if (!VALUES.includes(value)) {
            context.report({
              message: `x-evidence must be one of ${VALUES.join(", ")}, not "${value}".`,
              location,
            });
          }
          if (keyword && !(keyword in node)) {
            context.report({
              message: `x-evidence names "${keyword}", which is not part of this node.`,
              location,
            });
          }
        }
        const inferred = entries.some(([, value]) => value === "inferred");
        const assumed = typeof node["x-assumption"] === "string";
        if (inferred && !assumed) {
          context.report({
            message: "An inferred statement needs an x-assumption: one sentence that says what was assumed.",
            location,
          });
        } else if (assumed && !inferred) {
          context.report({ message: "x-assumption is only for inferred statements.", location });
        }
      },
    },
  };
}
