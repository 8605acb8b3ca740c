import { z } from "@hono/zod-openapi";
import { requestFacts } from "../requests/schemas.js";
import { count, wholeNumber } from "../route/fields.js";

const text = z.object({ type: z.literal("text"), text: z.string() });
const media = {
  url: z
    .string()
    .nullable()
    .describe("A data URL, or the address that the client gave; null for a file of the service."),
  media_type: z.string().nullable(),
};
const image = z.object({ type: z.literal("image"), ...media });
const file = z.object({ type: z.literal("file"), ...media, filename: z.string().nullable() });
const toolOutput = z.discriminatedUnion("type", [text, image, file]);

export const messagePart = z
  .discriminatedUnion("type", [
    text,
    image,
    file,
    z.object({ type: z.literal("refusal"), text: z.string() }),
    z.object({
      type: z.literal("reasoning"),
      text: z.string(),
      sealed_bytes: count.nullable().describe("How much the service sealed into it; null where it sealed nothing."),
    }),
    z.object({
      type: z.literal("tool_call"),
      call_id: z.string(),
      name: z.string(),
      input: z.string().describe("JSON, or free text where the tool takes that."),
    }),
    z.object({
      type: z.literal("tool_result"),
      call_id: z.string(),
      is_error: z.boolean(),
      output: z.array(toolOutput),
    }),
    z.object({ type: z.literal("other"), item: z.looseObject({}) }),
  ])
  .openapi("MessagePart");

export const turnMessage = z
  .object({ role: z.enum(["system", "user", "assistant", "tool"]), parts: z.array(messagePart) })
  .openapi("TurnMessage");

const turnTool = z.object({ name: z.string(), description: z.string().nullable() });

export const sessionTurn = z
  .object({
    request: requestFacts,
    is_recorded: z
      .boolean()
      .describe("False: there are no words to show, because they were not recorded, or are gone."),
    system: z.string().nullable().describe("The system prompt; null while it stays as it was."),
    tools: z.array(turnTool).nullable().describe("The tools on offer; null while they stay as they were."),
    messages: z.array(turnMessage).describe("What the request says that the one before had not."),
    answer: z.array(messagePart).nullable().describe("What the assistant answered; null where it answered nothing."),
  })
  .openapi("SessionTurn");

export const sessionTurnPage = z
  .object({ turns: z.array(sessionTurn), next_cursor: z.string().nullable() })
  .openapi("SessionTurnPage");

export const sessionTurnQuery = z.object({
  limit: wholeNumber(1, 100).default(20),
  cursor: z.string().min(1).optional().describe("`next_cursor` of the page before."),
});

export type MessagePart = z.infer<typeof messagePart>;
export type TurnMessage = z.infer<typeof turnMessage>;
export type SessionTurnView = z.infer<typeof sessionTurn>;
export type SessionTurnPage = z.infer<typeof sessionTurnPage>;
