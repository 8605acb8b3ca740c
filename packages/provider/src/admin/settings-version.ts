import { GatewayError, type Settings } from "@copilot-llm/model";
import { sha256Hex } from "../identity/hash.js";

const versionCharacters = 16;

/** Changes with whatever changes in the settings, and is the same on every gateway. */
export function settingsVersion(settings: Settings): string {
  return sha256Hex(JSON.stringify(settings, inOrder)).slice(0, versionCharacters);
}

/** Throws `conflict` when somebody has changed the settings since `expected` was read. */
export function assertVersion(current: Settings, expected: string | null): void {
  if (expected === null || expected === settingsVersion(current)) return;
  throw new GatewayError(
    "conflict",
    "The settings have been changed meanwhile. Read them again, then repeat the change.",
  );
}

/** A store may give fields back in another order than it got them. */
function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
