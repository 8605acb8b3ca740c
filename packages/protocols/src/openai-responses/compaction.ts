import type { JsonObject } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart, UserPart, WirePart } from "../canonical/part.js";
import type { FinishReason } from "../canonical/response.js";
import type { StreamMachine } from "../codec/stream-machine.js";
import type { AnswerContext } from "../codec/wire-codec.js";

/**
 * Compaction for models that have none of their own: `compaction_trigger` asks the model for a summary, which goes to the
 * client as the one `compaction` item that it wants, and is told in words when it comes back.
 */
const mark = "clp1:summary:";

const question = [
  "This conversation is about to go on from a summary in place of everything above. Write that summary for whoever goes on:",
  "what the user asked for and every instruction that still holds; what was done, found and decided; the files, commands,",
  "names and values that will be needed again; where the work stands and what comes next. Answer with the summary only.",
].join("\n");

/** What is told of a compaction item; null for any other, and for one that a service sealed. */
export function decodeCompaction({ type, encrypted_content: sealed }: JsonObject): UserPart | null {
  if (type === "compaction_trigger") return { type: "text", text: question, cache: null };
  if (type !== "compaction" || typeof sealed !== "string" || !sealed.startsWith(mark)) return null;
  const summary = Buffer.from(sealed.slice(mark.length), "base64url").toString();
  return { type: "text", text: `Summary of the conversation so far:\n\n${summary}`, cache: null };
}

/** True for a request that wants a `compaction` item for its answer. */
export function wantsCompaction({ input }: JsonObject): boolean {
  return isArray(input) && input.some((item) => isObject(item) && item.type === "compaction_trigger");
}

/** The summary as the item that the client wants; null for an answer that is no whole summary, or a refusal (null). */
export function encodeCompaction(
  summary: string | null,
  finish: FinishReason,
  context: AnswerContext,
): WirePart | null {
  const isWhole = finish.unified === "stop" || finish.unified === "other";
  if (!isWhole || summary === null || summary.trim() === "") return null;
  const sealed = mark + Buffer.from(summary).toString("base64url");
  const item = { id: context.createId("cmp_"), type: "compaction", encrypted_content: sealed };
  return { type: "wire", wire: "openai-responses", item };
}

/** What is told of an answer that is no summary: the client keeps its history then. */
export const noSummary = { status: 502, code: "no_summary", message: "The model did not give a whole summary." };

/** The text of an answer; null for a refusal. */
export function joinTexts(parts: readonly AssistantPart[]): string | null {
  if (parts.some((part) => part.type === "refusal")) return null;
  return parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** The stream of an answer whose text is a summary: nothing of it goes out but the one item at its end. */
export function createCompactionEncoder<State>(
  encoder: StreamMachine<State, CanonicalEvent, string>,
  context: AnswerContext,
): StreamMachine<readonly [State, string | null], CanonicalEvent, string> {
  const passOn = ([inner, summary]: readonly [State, string | null], events: readonly CanonicalEvent[]) => {
    let state = inner;
    const texts: string[] = [];
    for (const event of events) {
      const [next, written] = encoder.step(state, event);
      state = next;
      texts.push(...written);
    }
    return [[state, summary], texts] as const;
  };
  return {
    initialState: [encoder.initialState, ""],
    step(state, event) {
      switch (event.type) {
        case "text-start":
          return event.kind === "refusal" ? [[state[0], null], []] : [state, []];
        case "text-delta":
          return state[1] === null ? [state, []] : [[state[0], state[1] + event.text], []];
        case "finish": {
          const part = encodeCompaction(state[1], event.finish, context);
          return passOn(
            state,
            part === null ? [{ type: "error", error: noSummary }] : [{ type: "wire-part", part }, event],
          );
        }
        case "response-metadata":
        case "usage":
        case "error":
          return passOn(state, [event]);
        default:
          return [state, []];
      }
    },
    finish: ([inner]) => encoder.finish(inner),
  };
}
