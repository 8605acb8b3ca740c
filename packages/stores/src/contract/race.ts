import { GatewayError } from "@copilot-llm/model";

/** Starts all calls before any can end, and counts how many answered true. */
export async function countWinners(callers: number, call: (index: number) => Promise<boolean>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: callers }, (_, index) => call(index)));
  return answers.filter(Boolean).length;
}

/** True when the call succeeds, false when it is refused as a conflict. */
export async function succeeds(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.code === "conflict") return false;
    throw error;
  }
}
