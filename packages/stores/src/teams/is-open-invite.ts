import type { Invite } from "@copilot-llm/model";

/** Whether somebody may still join by it. */
export function isOpenInvite({ joined, expiresAtMs }: Invite, nowMs: number): boolean {
  return joined === null && nowMs < expiresAtMs;
}
