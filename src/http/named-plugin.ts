/**
 * Names a plugin, as Fastify's messages show it. Without a name, Fastify looks for the plugin among all loaded modules, twice at each
 * registration.
 */
export function namedPlugin<Plugin extends object>(name: string, plugin: Plugin): Plugin {
  return Object.assign(plugin, { [Symbol.for("fastify.display-name")]: name });
}
