import type { SessionAdmin } from "@copilot-llm/provider";
import { DisconnectSignal } from "../../http/disconnect-signal.js";
import { logServed } from "../../http/log-served.js";
import type { GatewayContext } from "../../http/request-context.js";
import { writeAnswer } from "../../http/write-answer.js";

/** Sends the user's next message in a recorded conversation and passes the answer on. */
export async function continueSession(
  context: GatewayContext,
  sessions: SessionAdmin,
  id: string,
  message: string,
): Promise<void> {
  const { incoming, outgoing } = context.env;
  const requestId = context.get("exchange").requestId;
  const answer = await sessions.continue(id, {
    requestId,
    user: context.get("user"),
    message,
    clientIp: context.get("exchange").clientIp,
    userAgent: incoming.headers["user-agent"] ?? null,
    signal: DisconnectSignal.of(outgoing),
  });
  logServed(context.get("exchange").logEntry, answer);
  const headers = [context.get("exchange").answerHeaders, answer.headers, { "x-request-id": requestId }];
  writeAnswer(outgoing, answer.status, headers, answer.body);
}
