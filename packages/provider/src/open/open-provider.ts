import { createUpstream, type UpstreamOptions } from "@copilot-llm/copilot";
import { createProvider, type Provider, type ProviderOptions } from "../provider.js";

const heartbeatMs = 15_000;
const maxAnswerBytes = 256 * 1024 * 1024;

type Composed = "upstream" | "failoverDeadlineMs" | "heartbeatMs" | "maxAnswerBytes";

/** What provider and upstream are made of; `clock`, `randomness` and `log` are for both. */
export interface OpenProviderOptions extends UpstreamOptions, Omit<ProviderOptions, Composed> {}

export interface OpenedProvider {
  readonly provider: Provider;
  /** Cuts short what is under way at GitHub: streams end with their protocol's own error, and are recorded. Once; never rejects. */
  cutShort(): Promise<void>;
  /** Cuts short what is under way at GitHub, ends the SDK runtime, writes everything, closes the stores too. Never rejects. */
  close(): Promise<void>;
}

/** Composes a provider with GitHub Copilot behind it. Does not wait for GitHub. The stores are closed by `close` only. */
export async function openProvider(options: OpenProviderOptions): Promise<OpenedProvider> {
  const { stores, log, timeouts } = options;
  const upstream = createUpstream(options);
  try {
    const attempt = (part: { close(): Promise<void> }) =>
      part.close().catch((error: unknown) => log.error("closing failed", { error }));
    let cut: Promise<void> | null = null;
    const cutShort = (): Promise<void> => {
      cut ??= attempt(upstream);
      return cut;
    };
    const failoverDeadlineMs = timeouts.firstByteMs;
    const provider = await createProvider({ ...options, upstream, failoverDeadlineMs, heartbeatMs, maxAnswerBytes });
    return {
      provider,
      cutShort,
      async close() {
        // The upstream first: it cuts short what the provider would wait for.
        await cutShort();
        for (const part of [provider, stores]) await attempt(part);
      },
    };
  } catch (error) {
    await upstream.close();
    throw error;
  }
}
