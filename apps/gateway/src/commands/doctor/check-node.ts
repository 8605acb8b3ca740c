import { type Finding, ok, problem } from "./finding.js";

const oldest = [20, 19] as const;

/** `version` as `process.versions.node` has it. */
export function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isNewEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  if (isNewEnough) return ok("node", `Node ${version}`);
  return problem("node", `Node ${version} is too old.`, `Install Node ${oldest.join(".")} or newer.`);
}
