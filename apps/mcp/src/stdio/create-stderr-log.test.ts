import { Secret } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { createStderrLog, type LogLevel } from "./create-stderr-log.js";

function logAt(level: LogLevel) {
  const lines: Record<string, unknown>[] = [];
  const log = createStderrLog(level, (line) => lines.push(JSON.parse(line) as Record<string, unknown>));
  return { log, lines };
}

describe("the log", () => {
  it("leaves out what is below its level", () => {
    const { log, lines } = logAt("warn");
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      ["warn", "c"],
      ["error", "d"],
    ]);
  });

  it("writes an error with its cause, and no secret", () => {
    const { log, lines } = logAt("debug");
    const error = new Error("outer", { cause: new Error("inner") });
    log.error("failed", { error, token: new Secret("github_pat_1") });
    expect(lines).toMatchObject([{ error: { message: "outer", cause: { message: "inner" } }, token: "[secret]" }]);
  });

  it("can be silent", () => {
    const { log, lines } = logAt("silent");
    log.error("a");
    expect(lines).toEqual([]);
  });
});
