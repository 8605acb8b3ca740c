import { expect, it } from "vitest";
import { mapClientName } from "./map-client-name";

it.each([
  ["claude-cli/2.1.332 (external, cli)", "Claude Code 2.1.332"],
  ["codex_cli_rs/0.171.0 (Debian 12)", "Codex 0.171.0"],
  ["OpenAI/Python 1.99.0", "OpenAI Python 1.99.0"],
  ["AsyncAnthropic/Python 0.70.0", "Anthropic Python 0.70.0"],
  ["Mozilla/5.0 (X11; Linux x86_64)", "Browser"],
  ["curl/8.5.0", "curl/8.5.0"],
  ["", ""],
])("calls %j %s", (userAgent, name) => {
  expect(mapClientName(userAgent)).toBe(name);
});
