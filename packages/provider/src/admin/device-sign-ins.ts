import type { DeviceCode, DeviceFlow, DevicePoll } from "@copilot-llm/copilot";
import {
  type Cancel,
  type Clock,
  GatewayError,
  LatestMap,
  type Log,
  type Secret,
  type UpstreamFailureKind,
} from "@copilot-llm/model";
import type { Ids } from "../identity/ids.js";
import type { Actor } from "./audit.js";
import type { TokenAdmin } from "./token-admin.js";

/** The oldest give way to new ones. */
const maxKept = 50;
/** What RFC 8628 adds when the service says `slow_down` and no figure. */
const slowDownMs = 5_000;
/** Asking again may help. */
const passingFailures: ReadonlySet<UpstreamFailureKind> = new Set([
  "unreachable",
  "timeout",
  "account_rate_limited",
  "shared_rate_limited",
]);

export interface DeviceSignInsOptions {
  readonly deviceFlow: DeviceFlow;
  /** The operator's own; null: no device flow. */
  readonly clientId: string | null;
  readonly tokens: TokenAdmin;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

export type DeviceSignInState =
  | { readonly status: "pending" }
  | { readonly status: "complete"; readonly tokenId: string }
  | { readonly status: "expired" | "denied" | "failed"; readonly reason: string };

/** One person's sign-in. The device code that GitHub is polled with stays inside. */
export interface DeviceSignIn {
  readonly id: string;
  readonly alias: string;
  /** What the person types at `verificationUri`. */
  readonly userCode: string;
  readonly verificationUri: string;
  readonly expiresAtMs: number;
  readonly intervalMs: number;
  readonly state: DeviceSignInState;
}

/** What becomes of the token that a sign-in brings. None of it depends on anybody asking for the sign-in. */
export interface DeviceTokenTaker {
  /** Returns the token's id in the pool. What it throws ends the sign-in as failed, with its message as the reason. */
  accept(token: Secret): Promise<string>;
  /** The sign-in has ended without a token that was accepted. Called once; must not throw. */
  onFailed(): void;
  /** Nobody can ask for the sign-in any more, whatever came of it. Called once; must not throw. */
  onForgotten(): void;
}

interface Flow {
  readonly id: string;
  readonly taker: DeviceTokenTaker;
  readonly alias: string;
  readonly code: DeviceCode;
  intervalMs: number;
  state: DeviceSignInState;
  cancelPoll: Cancel | null;
}

/**
 * Tokens by GitHub's device flow: GitHub is polled here, at the pace it asks for, until the person has agreed, and the
 * token then goes into the pool. Sign-ins live in memory: a restart ends them.
 */
export class DeviceSignIns {
  readonly #options: DeviceSignInsOptions;
  readonly #flows = new LatestMap<string, Flow>(maxKept);

  constructor(options: DeviceSignInsOptions) {
    this.#options = options;
  }

  /**
   * The token goes into the pool as an admin's own would unless a taker is given. Throws `invalid_request` without a
   * client id, `conflict` for a taken alias, `upstream_error` when GitHub refuses.
   */
  async start(actor: Actor, alias: string, taker: DeviceTokenTaker | null = null): Promise<DeviceSignIn> {
    const { deviceFlow, tokens, ids } = this.#options;
    const clientId = this.#clientId();
    await tokens.assertAliasFree(alias);
    const started = await deviceFlow.start(clientId);
    if (!started.ok) {
      const { error } = started.failure;
      const message = `GitHub did not start a device sign-in for the client id in GITHUB_OAUTH_CLIENT_ID: ${error.message}`;
      throw new GatewayError("upstream_error", message, { upstream: error });
    }
    const code = started.value;
    const flow: Flow = {
      id: ids("dev"),
      taker: taker ?? this.#adminTaker(actor, alias),
      alias,
      code,
      intervalMs: code.intervalMs,
      state: { status: "pending" },
      cancelPoll: null,
    };
    const forgotten = this.#flows.set(flow.id, flow);
    if (forgotten !== undefined) forget(forgotten);
    this.#pollLater(flow);
    return viewOf(flow);
  }

  /** Throws `not_found` for an id that is unknown, forgotten or of an earlier run. */
  find(id: string): DeviceSignIn {
    const flow = this.#flows.get(id);
    if (flow === undefined)
      throw new GatewayError("not_found", "There is no such device sign-in any more. Start anew.");
    return viewOf(flow);
  }

  close(): void {
    for (const [id, flow] of this.#flows.entries()) {
      this.#flows.delete(id);
      forget(flow);
    }
  }

  /** A token that GitHub refuses is kept, and the admin is shown the reason. */
  #adminTaker(actor: Actor, alias: string): DeviceTokenTaker {
    return {
      accept: async (token) => {
        const credential = { kind: "user", token } as const;
        const created = await this.#options.tokens.create(actor, { alias, enabled: true, credential });
        return created.token.id;
      },
      onFailed() {},
      onForgotten() {},
    };
  }

  #clientId(): string {
    const { clientId } = this.#options;
    if (clientId !== null) return clientId;
    throw new GatewayError(
      "invalid_request",
      "The device flow is not set up: GITHUB_OAUTH_CLIENT_ID must name an OAuth App of your own. Paste a token, or add a GitHub App installation.",
    );
  }

  #pollLater(flow: Flow): void {
    flow.cancelPoll = this.#options.clock.schedule(flow.intervalMs, () => void this.#poll(flow));
  }

  /** Never rejects. */
  async #poll(flow: Flow): Promise<void> {
    try {
      const state = await this.#ask(flow);
      if (this.#flows.get(flow.id) !== flow) return;
      flow.state = state;
      if (state.status === "pending") this.#pollLater(flow);
      else if (state.status !== "complete") flow.taker.onFailed();
    } catch (error) {
      const failure = GatewayError.from(error);
      const isOurs = failure.code === "internal";
      if (isOurs) this.#options.log.error("a device sign-in failed", { alias: flow.alias, error });
      if (this.#flows.get(flow.id) !== flow) return;
      flow.state = { status: "failed", reason: isOurs ? unfinished : failure.message };
      flow.taker.onFailed();
    }
  }

  async #ask(flow: Flow): Promise<DeviceSignInState> {
    if (this.#options.clock.nowMs() >= flow.code.expiresAtMs) return expired;
    const answer = await this.#options.deviceFlow.poll(this.#clientId(), flow.code.deviceCode);
    if (answer.ok) return this.#conclude(flow, answer.value);
    const { kind, error } = answer.failure;
    return passingFailures.has(kind) ? { status: "pending" } : { status: "failed", reason: error.message };
  }

  async #conclude(flow: Flow, poll: DevicePoll): Promise<DeviceSignInState> {
    switch (poll.status) {
      case "pending":
        return { status: "pending" };
      case "slow_down":
        flow.intervalMs = poll.intervalMs ?? flow.intervalMs + slowDownMs;
        return { status: "pending" };
      case "expired":
        return expired;
      case "denied":
        return { status: "denied", reason: "The sign-in was refused on GitHub." };
      case "complete": {
        if (poll.expires) return shortLived;
        if (this.#flows.get(flow.id) !== flow) return { status: "pending" };
        return { status: "complete", tokenId: await flow.taker.accept(poll.token) };
      }
    }
  }
}

/** Told instead of what is only for the log. */
const unfinished = "The gateway could not finish the sign-in. Start anew.";

const expired: DeviceSignInState = { status: "expired", reason: "The code was not used in time. Start anew." };

const shortLived: DeviceSignInState = {
  status: "failed",
  reason:
    "GitHub gave a token that ends within hours. Switch off the expiry of user access tokens in the settings of the GitHub App whose client id GITHUB_OAUTH_CLIENT_ID names, or use an OAuth App's.",
};

function forget({ cancelPoll, taker }: Flow): void {
  cancelPoll?.();
  taker.onForgotten();
}

function viewOf({ id, alias, code, intervalMs, state }: Flow): DeviceSignIn {
  const { userCode, verificationUri, expiresAtMs } = code;
  return { id, alias, userCode, verificationUri, expiresAtMs, intervalMs, state };
}
