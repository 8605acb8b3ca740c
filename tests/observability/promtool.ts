import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const program = "/usr/bin/promtool";

export const isPromtoolInstalled = existsSync(program);

/** Prometheus's own checker. Answers with its exit code and everything that it said. */
export function runPromtool(args: readonly string[], input = ""): { readonly exitCode: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: "utf8" });
  return { exitCode: status, said: stdout + stderr };
}
