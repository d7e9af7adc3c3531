import { defineConfig } from "vitest/config";

/** The checks of real hosts: `npm run test:live`. They are slow on purpose, since hosts limit how often they are asked. */
export default defineConfig({
  test: {
    include: ["test/live/**/*.live.ts"],
    testTimeout: 30_000,
    hookTimeout: 900_000,
    reporters:
      process.env.GITHUB_ACTIONS === "true" ? ["verbose", "github-actions", "json"] : ["verbose", "json"],
    outputFile: { json: "live-results.json" },
  },
});
