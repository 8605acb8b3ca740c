import type { Secret } from "@copilot-llm/model";
import { EnvHttpProxyAgent, type RequestInit, fetch as send } from "undici";
import { parseWebhookSecret } from "../env/parse-webhook-secret.js";
import { signatureHeaders } from "./webhook-signature.js";

/** What is sent: the same for every try, so that a receiver can tell repetitions by the id. */
export interface WebhookMessage {
  readonly id: string;
  readonly body: string;
}

/** Where alerts go. */
export interface WebhookTarget {
  /** One try. Rejects when it was not taken. */
  send(message: WebhookMessage): Promise<void>;
  close(): Promise<void>;
}

export interface WebhookTargetOptions {
  /** Many a receiver's address is its password too. */
  readonly url: Secret;
  /** In the form of Standard Webhooks. */
  readonly secret: Secret;
  readonly nowMs: () => number;
  readonly httpsProxy: string | null;
  readonly noProxy: string | null;
}

const timeoutMs = 15_000;

/** Throws a `RangeError` for a secret of another form. */
export function createWebhookTarget(options: WebhookTargetOptions): WebhookTarget {
  const { url, secret, nowMs, httpsProxy, noProxy } = options;
  const key = parseWebhookSecret(secret);
  if (key === null) throw new RangeError("The webhook's secret is none.");
  // Given explicitly, even if empty, so that undici does not look into the environment by itself.
  const proxy = { httpProxy: "", httpsProxy: httpsProxy ?? "", noProxy: noProxy ?? "" };
  const dispatcher = new EnvHttpProxyAgent({ ...proxy, headersTimeout: timeoutMs, connect: { timeout: timeoutMs } });
  return {
    async send({ id, body }) {
      const init: RequestInit = {
        method: "POST",
        headers: { "content-type": "application/json", ...signatureHeaders(key, id, nowMs(), body) },
        body,
        // A redirect would carry the alert to an address that nobody set.
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
        dispatcher,
      };
      const response = await send(url.reveal(), init);
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
    },
    close: () => dispatcher.destroy(),
  };
}
