import { defineConfig } from "tsup";
import { shared } from "../../tsup.shared.ts";

/** For the published package: the workspace's packages are part of it, so that it installs alone. */
export default defineConfig({
  ...shared,
  entry: ["src/main.ts"],
  outDir: "release/dist",
  skipNodeModulesBundle: true,
  noExternal: [/^@copilot-llm\//],
  sourcemap: false,
});
