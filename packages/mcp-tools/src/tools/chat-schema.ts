import * as z from "zod";
import { finishReasons } from "../chat/chat-request.js";
import { imageSchema } from "./parse-image.js";

const maxImages = 20;

const text = (name: string) =>
  z.string({ error: `${name} must be a string` }).min(1, { error: `${name} must not be empty` });

export const chatInputSchema = z.strictObject({
  message: text("message").describe("What to say to the model"),
  model: text("model")
    .optional()
    .describe("A model id from list_models. Left out: the conversation's model, or a default one"),
  system: text("system").optional().describe("System prompt. Left out: the conversation's, if there is one"),
  temperature: z
    .number({ error: "temperature must be a number from 0 to 2" })
    .min(0, { error: "temperature must be at least 0" })
    .max(2, { error: "temperature must be at most 2" })
    .optional()
    .describe("Some reasoning models refuse it"),
  max_tokens: z
    .int({ error: "max_tokens must be a whole number" })
    .min(1, { error: "max_tokens must be at least 1" })
    .max(1_000_000, { error: "max_tokens must be at most 1000000" })
    .optional()
    .describe("The most tokens that the answer may have"),
  images: z
    .array(imageSchema, { error: "images must be a list" })
    .max(maxImages, { error: `give at most ${maxImages} images` })
    .optional()
    .describe("PNG, JPEG, GIF or WebP, for models with vision"),
  conversation_id: text("conversation_id")
    .max(200, { error: "conversation_id must have at most 200 characters" })
    .optional()
    .describe("Continues the conversation that an earlier answer named. Left out: a new conversation"),
});

export const chatOutputSchema = z.object({
  text: z.string(),
  model: z.string().describe("The model that answered"),
  conversation_id: z.string().describe("Give it with the next message to go on"),
  finish_reason: z.enum(finishReasons).describe("length: max_tokens or the model's own limit cut the answer"),
  usage: z
    .object({
      input_tokens: z.int(),
      output_tokens: z.int(),
      cache_read_tokens: z.int(),
      cache_write_tokens: z.int(),
      reasoning_tokens: z.int(),
    })
    .nullable(),
  credits: z.number().nullable().describe("AI credits that the answer cost, where GitHub says; 1 credit is US$0.01"),
  request_id: z.string().nullable().describe("Under which the request is on record"),
});

export type ChatInput = z.infer<typeof chatInputSchema>;
export type ChatOutput = z.infer<typeof chatOutputSchema>;
