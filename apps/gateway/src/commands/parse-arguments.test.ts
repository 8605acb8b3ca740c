import { expect, it } from "vitest";
import { parseArguments } from "./parse-arguments.js";

it.each([
  [[], { name: "serve" }],
  [["serve"], { name: "serve" }],
  [["--help"], { name: "help" }],
  [["restore", "-h"], { name: "help" }],
  [["--version"], { name: "version" }],
  [["backup", "a.tar"], { name: "backup", archive: "a.tar" }],
  [["restore", "a.tar"], { name: "restore", archive: "a.tar", dataDir: null }],
  [["restore", "a.tar", "--data-dir", "d"], { name: "restore", archive: "a.tar", dataDir: "d" }],
  [["import", "data"], { name: "import", dataDir: "data" }],
])("%j is understood", (args, command) => {
  expect(parseArguments(args)).toEqual(command);
});

it.each([
  [["bakup"], 'there is no command "bakup"'],
  [["serve", "now"], "serve takes nothing more"],
  [["backup"], "backup needs an archive to write"],
  [["restore", "a", "b"], "restore takes an archive to read and nothing more"],
  [["import", "data", "--data-dir", "d"], "--data-dir goes with restore only"],
  [["--port", "1"], "Unknown option '--port'"],
  [["restore", "a", "--data-dir"], "argument missing"],
])("%j is refused in one line: %s", (args, message) => {
  const refusal = (): unknown => parseArguments(args);
  expect(refusal).toThrow(message);
  expect(refusal).toThrow(/^[^\n]+\(see copilot-llm --help\)$/);
});
