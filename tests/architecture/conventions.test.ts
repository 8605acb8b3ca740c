import { describe, expect, it } from "vitest";
import { checkCode, checkModuleName } from "./code-rules.ts";
import { parseSourceFile } from "./source-file.ts";
import { listFiles, readText, readWorkspace } from "./workspace.ts";

const workspace = readWorkspace();
const files = listFiles(".");

describe("source files", () => {
  it("keep the code conventions", () => {
    expect(workspace.flatMap(({ sources }) => sources.flatMap(checkCode))).toEqual([]);
  });

  it("have names that say what they hold", () => {
    expect(files.filter((file) => /\.(tsx?|mjs)$/.test(file)).flatMap(checkModuleName)).toEqual([]);
  });

  it("name no machine's path and no registry's host", () => {
    const forbidden = [
      /(?<![\w.])\/(?:home|Users)\/(?!\$|<|you\b|user\b)[a-z][\w-]*\//,
      /(?<![\w./])\/(?:work|root)\/[\w.-]+/,
      /https?:\/\/registry\.|\bregistry\s*=|npm\.pkg\./,
    ];
    const isRule = (file: string) => file === "tests/architecture/conventions.test.ts";
    const texts = files.filter((file) => !isRule(file) && !/\.(png|ico|woff2?)$/.test(file));
    expect(texts.filter((file) => forbidden.some((pattern) => pattern.test(readText(file))))).toEqual([]);
  });
});

describe("the code rules", () => {
  const check = (code: string, path = "packages/model/src/clock.ts") => checkCode(parseSourceFile(path, code));

  it.each([
    ["export function f(value: any): void {}", "`any`"],
    [`export * from "./clock.js";`, "`export *`"],
    ["export default function f(): void {}", "a default export"],
    ["const f = 1; export { f as default };", "a default export"],
    ["const home = process.env.HOME;", "the environment"],
    [`const home = process["env"];`, "the environment"],
    [`import { env } from "node:process";`, "the environment"],
    ["let count = 0;", "mutable state"],
    ["export let count = 0;", "mutable state"],
    ["function handleRequest(): void {}", "verb"],
    ["export async function normaliseModelName(): Promise<void> {}", "verb"],
    ["// @ts-ignore", "silences"],
  ])("see %s", (code, problem) => {
    expect(check(code)).toEqual([expect.stringContaining(problem)]);
  });

  it("leave frameworks and composition roots their due", () => {
    expect(check("export default function Page() { return <main />; }", "apps/console/app/page.tsx")).toEqual([]);
    expect(check("const port = process.env.PORT;", "apps/gateway/src/env.ts")).toEqual([]);
    expect(check("function f(): void { let count = 0; }")).toEqual([]);
    expect(check("function dockShip(): void {} function getter(): void {}")).toEqual([]);
  });

  it("see a name that says nothing", () => {
    expect(checkModuleName("packages/pool/src/token-utils.ts")).toHaveLength(1);
    expect(checkModuleName("packages/pool/src/helpers/clock.ts")).toHaveLength(1);
    expect(checkModuleName("packages/pool/src/clock.ts")).toEqual([]);
  });
});
