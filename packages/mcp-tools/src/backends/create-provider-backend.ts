import { type ByteStream, GatewayError } from "@copilot-llm/model";
import { keyOf, type Principal, type Provider, type ServeAnswer } from "@copilot-llm/provider";
import { AnswerReader } from "../chat/answer-reader.js";
import type { ChatAnswer } from "../chat/chat-request.js";
import { encodeChatBody } from "../chat/encode-chat-body.js";
import type { McpBackend } from "../mcp-backend.js";
import { encodeModels } from "../models/model-schema.js";
import { type AccountQuota, encodeAccount, encodeKey, encodePool } from "../quota/encode-quota.js";

/** For whom a call is made. */
export interface Caller {
  readonly principal: Principal;
  readonly clientIp: string | null;
  readonly userAgent: string | null;
  /** Aborts when the client's connection is gone, so that nobody waits for the answer. */
  readonly hungUp: AbortSignal;
  /** Told of each request that a call made, when its answer begins. */
  readonly onServed?: (requestId: string, answer: ServeAnswer) => void;
}

export interface ProviderBackendOptions {
  readonly provider: Provider;
  /** The caller of the tool call under way; asked at the start of each call. */
  readonly caller: () => Caller;
}

/** Answers from a provider in the same process: limits, accounting and recording apply as to any request. */
export function createProviderBackend({ provider, caller }: ProviderBackendOptions): McpBackend {
  return {
    async chat(request, { onText, signal }) {
      const { principal, clientIp, userAgent, hungUp, onServed } = caller();
      const requestId = provider.ids("req");
      const abandoned = AbortSignal.any([signal, hungUp]);
      const answer = await provider.serve({
        requestId,
        operation: "generate",
        protocol: "openai-chat",
        principal,
        body: Buffer.from(encodeChatBody(request)),
        wireHeaders: {},
        pinnedTokenId: null,
        clientIp,
        userAgent,
        signal: abandoned,
      });
      onServed?.(requestId, answer);
      if (answer.error !== null) throw answer.error;
      if (answer.body instanceof Uint8Array) {
        throw new GatewayError("upstream_error", "GitHub Copilot did not stream its answer.");
      }
      const read = await readStream(answer.body, new AnswerReader(onText), abandoned);
      return { ...read, model: answer.trace.modelUsed ?? request.model, requestId };
    },

    async listModels() {
      return encodeModels(provider.listModels(keyOf(caller().principal)));
    },

    async quota() {
      const { principal } = caller();
      const key = keyOf(principal);
      const allowed = key?.githubTokenIds ?? null;
      const quotas = new Map((await provider.tokens.quotas()).map((entry) => [entry.token.id, entry.quotas]));
      const accounts: AccountQuota[] = (await provider.tokens.list())
        .filter(({ token }) => token.enabled && (allowed === null || allowed.includes(token.id)))
        .map((view) => ({ view, quotas: quotas.get(view.token.id) ?? [] }));
      const keyView = key === null ? undefined : (await provider.keys.list()).find((view) => view.key.id === key.id);
      return {
        pool: encodePool(accounts, provider.billingEntities()),
        // Whose accounts they are is the admins' business; a key learns what is left, not of whom.
        accounts: key === null ? accounts.map(encodeAccount) : [],
        key: keyView === undefined ? null : encodeKey(keyView),
      };
    },
  };
}

/** Resolves when the stream has ended; an abandoned one is aborted at once. */
function readStream(
  body: ByteStream,
  reader: AnswerReader,
  abandoned: AbortSignal,
): Promise<Pick<ChatAnswer, "text" | "finishReason" | "usage">> {
  return new Promise((resolve, reject) => {
    const abandon = (): void => giveUp(new GatewayError("client_closed", "The client cancelled the call."));
    const giveUp = (error: unknown): void => {
      abandoned.removeEventListener("abort", abandon);
      body.abort();
      reject(error);
    };
    if (abandoned.aborted) {
      abandon();
      return;
    }
    abandoned.addEventListener("abort", abandon, { once: true });
    body.start({
      write(chunk) {
        try {
          reader.push(chunk);
          return true;
        } catch (error) {
          giveUp(error);
          return false;
        }
      },
      end() {
        abandoned.removeEventListener("abort", abandon);
        try {
          resolve(reader.finish());
        } catch (error) {
          reject(error);
        }
      },
      fail: giveUp,
    });
  });
}
