import { type ErrorCode, GatewayError, type Secret } from "@copilot-llm/model";
import type { RequestInit, Response } from "undici";
import * as z from "zod";
import { AnswerReader } from "../chat/answer-reader.js";
import { encodeChatBody } from "../chat/encode-chat-body.js";
import type { McpBackend } from "../mcp-backend.js";
import { parseOpenaiModels } from "../models/model-schema.js";
import { readGatewayQuota } from "./read-gateway-quota.js";

export interface GatewayBackendOptions {
  /** Where the gateway listens, e.g. `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly key: Secret;
  readonly userAgent: string;
}

const errorSchema = z.looseObject({ error: z.looseObject({ message: z.string() }) });

/** Answers from a running gateway over HTTP, with one of its keys. Holds no connection state: the gateway may restart. */
export function createGatewayBackend({ url, key, userAgent }: GatewayBackendOptions): McpBackend {
  const headers = { authorization: `Bearer ${key.reveal()}`, "user-agent": userAgent };

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      // Not Node 20's own, which never settles when the first connection of the process is closed as soon as it is open.
      const { fetch } = await import("undici");
      return await fetch(url + path, { ...init, headers: { ...headers, "content-type": "application/json" } });
    } catch (error) {
      throw connectionError(url, error, init.signal ?? null);
    }
  };

  return {
    async chat(request, { onText, signal }) {
      const init = { method: "POST", body: encodeChatBody(request), signal };
      const response = await send("/openai/v1/chat/completions", init);
      if (!response.ok || response.body === null) throw await refusal(response);
      const reader = new AnswerReader(onText);
      try {
        for await (const chunk of response.body) reader.push(chunk);
      } catch (error) {
        throw error instanceof GatewayError ? error : brokenOff(error, signal);
      }
      const model = response.headers.get("x-model-served") ?? request.model;
      return { ...reader.finish(), model, requestId: response.headers.get("x-request-id") };
    },

    async listModels(signal) {
      return parseOpenaiModels(await readJson(await send("/openai/v1/models", { signal })));
    },

    quota: (signal) => readGatewayQuota(new URL(`${url}/mcp`), headers, signal),
  };
}

async function readJson(response: Response): Promise<unknown> {
  if (!response.ok) throw await refusal(response);
  try {
    return await response.json();
  } catch (error) {
    throw new GatewayError("upstream_error", "The gateway's answer is not JSON. Is COPILOT_LLM_URL its address?", {
      cause: error,
    });
  }
}

/** What the gateway refused, in its own words. */
async function refusal(response: Response): Promise<GatewayError> {
  const body = errorSchema.safeParse(await response.json().catch(() => null));
  const message = body.data?.error.message ?? `The gateway answered ${response.status}.`;
  const hint = response.status === 401 ? " Check COPILOT_LLM_KEY." : "";
  const retrySeconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  const retry = Number.isFinite(retrySeconds) ? { retryAfterMs: retrySeconds * 1_000 } : {};
  return new GatewayError(errorCodeOf(response.status), message + hint, retry);
}

function errorCodeOf(status: number): ErrorCode {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "permission_denied";
  if (status === 404) return "model_not_found";
  if (status === 402) return "budget_exhausted";
  if (status === 429) return "limit_exceeded";
  return status < 500 ? "upstream_rejected" : "upstream_error";
}

function connectionError(url: string, error: unknown, signal: AbortSignal | null): GatewayError {
  if (signal?.aborted) return new GatewayError("client_closed", "The client cancelled the call.");
  return new GatewayError(
    "unavailable",
    `The gateway at ${new URL(url).origin} cannot be reached. Start it, or correct COPILOT_LLM_URL.`,
    { cause: error },
  );
}

function brokenOff(error: unknown, signal: AbortSignal): GatewayError {
  if (signal.aborted) return new GatewayError("client_closed", "The client cancelled the call.");
  return new GatewayError("upstream_error", "The gateway broke off its answer before it was complete.", {
    cause: error,
  });
}
