/**
 * Rule `notification-handlers/list-forms-agree`: the list is described at two URLs, with and without a final slash. Both must have the same
 * parameters, answers and assumptions.
 */
export function listFormsAgree() {
  return {
    Root: {
      /**
       * @param {any} document
       * @param {any} context
       */
      leave(document, context) {
        const documented = document.paths?.["/notification-handlers/"]?.get;
        const linked = document.paths?.["/notification-handlers"]?.get;
        if (!documented || !linked) return;
        for (const key of ["parameters", "responses", "x-assumptions"]) {
          if (JSON.stringify(documented[key]) !== JSON.stringify(linked[key])) {
            context.report({
              message: `The two forms of the list differ in their ${key}.`,
              location: context.location.child(["paths", "/notification-handlers", "get", key]),
            });
          }
        }
      },
    },
  };
}
