import type { FaultPreset } from "./create-presets.js";
import type { FaultEffect, FaultParameters, Plane } from "./fault-effect.js";
import { type FaultName, faultPresets } from "./fault-presets.js";

/** True for the name of a preset. */
export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faultPresets, name);
}

/** The plane a preset is about when the request names no endpoint. */
export function presetPlane(name: FaultName): Plane {
  return faultPresets[name].plane;
}

/** What the fault does, with its `retry-after` worked out. */
export function presetEffect(name: FaultName, parameters: FaultParameters, nowMs: number): FaultEffect {
  const preset: FaultPreset = faultPresets[name];
  const effect = preset.effect(parameters);
  if (effect.kind !== "respond") return effect;
  const { retryAfterSeconds, retryAfterAsDate, shouldRetry } = parameters;
  const headers: Record<string, string> = { ...effect.headers };
  if (retryAfterSeconds !== undefined) {
    const date = new Date(nowMs + retryAfterSeconds * 1000).toUTCString();
    headers["retry-after"] = retryAfterAsDate ? date : String(retryAfterSeconds);
  }
  if (shouldRetry !== undefined) headers["x-should-retry"] = String(shouldRetry);
  return { ...effect, headers };
}
