import { deref, handlerTypeOf } from "../document.js";

const UNIONS = ["NotificationHandler", "CreateNotificationHandler", "UpdateNotificationHandler"];

/**
 * Rule `notification-handlers/handler-types-complete`: each value of `HandlerType` has exactly one branch in the
 * resource, the create body and the update body, in the same order, each with a description, and a named example in the
 * bodies and in the answer to a read; the first example of a list holds one handler of each type.
 *
 * It reads the whole contract, so it needs a bundle; in the source, where components are still spread over files, it
 * has nothing to look at.
 */
export function handlerTypesComplete() {
  return {
    Root: {
      /**
       * @param {any} document
       * @param {any} context
       */
      leave(document, context) {
        const schemas = document.components?.schemas;
        if (!schemas?.HandlerType) return;
        /** @type {string[]} */
        const types = schemas.HandlerType.enum;
        /** @param {string} message @param {string[]} path */
        const report = (message, ...path) =>
          context.report({ message, location: context.location.child(path) });

        for (const name of UNIONS) {
          const branches = schemas[name].oneOf;
          const named = branches
            .map((/** @type {any} */ branch) => handlerTypeOf(document, branch))
            .filter((/** @type {string | undefined} */ type) => type !== undefined);
          if (named.join() !== types.join()) {
            report(
              `${name} has the branches ${named.join(", ")}; HandlerType lists ${types.join(", ")}.`,
              "components",
              "schemas",
              name,
              "oneOf",
            );
          }
          for (const branch of branches) {
            if (!deref(document, branch)?.description) {
              report(
                `A branch of ${name} has no description: ${branch.$ref}.`,
                "components",
                "schemas",
                name,
                "oneOf",
              );
            }
          }
        }

        const list = document.paths["/notification-handlers/"].get;
        const one = document.paths["/notification-handlers/{notification_handler_id}"];
        const create = document.paths["/notification-handlers"].post;
        /** @type {[any, string[]][]} */
        const bodies = [
          [create.requestBody, ["paths", "/notification-handlers", "post", "requestBody"]],
          [
            one.post.requestBody,
            ["paths", "/notification-handlers/{notification_handler_id}", "post", "requestBody"],
          ],
          [
            one.get.responses["200"],
            ["paths", "/notification-handlers/{notification_handler_id}", "get", "responses"],
          ],
        ];
        for (const [body, path] of bodies) {
          const [media] = Object.values(deref(document, body).content);
          for (const type of types) {
            const example = deref(document, media.examples?.[type]);
            if ((example?.value?.type ?? example?.value?.data?.type) !== type) {
              report(`There is no example named ${type} that shows a handler of this type.`, ...path);
            }
          }
        }
        const [answer] = Object.values(deref(document, list.responses["200"]).content);
        const [first] = Object.values(answer.examples ?? {});
        const shown = (deref(document, first)?.value.data ?? []).map(
          (/** @type {any} */ handler) => handler.type,
        );
        if (shown.join() !== types.join()) {
          report(
            `The first example of the list shows ${shown.join(", ")}; one handler of each type is wanted: ${types.join(", ")}.`,
            "paths",
            "/notification-handlers/",
            "get",
            "responses",
          );
        }
      },
    },
  };
}
