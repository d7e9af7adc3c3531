/** Whether this runs in a clone of the repository, as TypeScript, and not in the package. */
export const isClone = import.meta.url.endsWith(".ts");

/** How a user calls a command here. */
export function callOf(command: string): string {
  if (!isClone) return `notification-handlers ${command}`;
  return command === "start" ? "npm start --" : `npm run ${command} --`;
}
