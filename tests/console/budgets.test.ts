import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, it } from "vitest";

const script = path.resolve(import.meta.dirname, "../../apps/console/scripts/check-budgets.mjs");
const check = (...budgets: readonly string[]) =>
  spawnSync(process.execPath, [script, ...budgets], { encoding: "utf8", timeout: 30_000 });

describe("the console's budgets", () => {
  it("are kept by every page of the export", () => {
    const { status, stderr, stdout } = check();
    expect(`${stderr}${status === 0 ? "" : stdout}`).toBe("");
    expect(stdout).toMatch(/^\/keys\/ /mu);
  });

  it("are what the script fails by", () => {
    const { status, stderr } = check("10", "1");
    expect(status).toBe(1);
    expect(stderr).toContain("The first load of / is ");
    expect(stderr).toContain("/playground/ adds ");
  });
});
