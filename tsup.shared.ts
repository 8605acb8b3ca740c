import type { Options } from "tsup";

/** How every package and app is bundled; declarations come from tsc (tsup's own do not work with TypeScript 7). */
export const shared: Options = {
  format: ["esm"],
  target: "node20",
  dts: false,
  sourcemap: true,
  clean: true,
};
