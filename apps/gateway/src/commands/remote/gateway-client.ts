import { type ErrorCode, errorCodes, GatewayError } from "@copilot-llm/model";
import type { RequestInit, Response } from "undici";
import type { CommandContext } from "../command-context.js";
import { fetchAnswer } from "../fetch-answer.js";
import { gatewayUrlOf } from "../gateway-url.js";

/** Where a running gateway is, and who asks. What is not given comes from the environment. */
export interface RemoteOptions {
  readonly url?: string;
  /** A session token, as sign-in returns it. */
  readonly session?: string;
  readonly username?: string;
  readonly passwordStdin?: boolean;
}

/** The admin API of a running gateway. Refusals are thrown in the gateway's own words. */
export interface GatewayClient {
  request<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
}

/** Signs in, does the work, and signs out again; a session token that was given is used and kept. */
export async function withGateway<Result>(
  options: RemoteOptions,
  context: CommandContext,
  work: (client: GatewayClient) => Promise<Result>,
): Promise<Result> {
  const url = gatewayUrlOf(options.url, context);
  const given = options.session ?? context.environment.COPILOT_LLM_SESSION;
  if (given !== undefined && given !== "") return work(createClient(url, given));
  const login = await readLogin(options, context);
  const { token } = await createClient(url, null).request<{ token: string }>("POST", "/api/auth/login", login);
  const client = createClient(url, token);
  try {
    return await work(client);
  } finally {
    await client.request("POST", "/api/auth/logout").catch(() => undefined);
  }
}

async function readLogin({ username, passwordStdin }: RemoteOptions, { environment, readInput }: CommandContext) {
  const name = username ?? environment.COPILOT_LLM_USERNAME ?? environment.ADMIN_USERNAME;
  const password = passwordStdin
    ? (await readInput()).split(/\r?\n/)[0]
    : (environment.COPILOT_LLM_PASSWORD ?? environment.ADMIN_PASSWORD);
  if (name === undefined || password === undefined || name === "" || password === "") {
    throw new GatewayError(
      "unauthenticated",
      "Who asks? Set COPILOT_LLM_SESSION, or COPILOT_LLM_USERNAME and COPILOT_LLM_PASSWORD, or give --username and --password-stdin.",
    );
  }
  return { username: name, password };
}

function createClient(url: string, session: string | null): GatewayClient {
  return {
    async request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
      const response = await send(url, path, {
        method,
        headers: {
          ...(session === null ? {} : { authorization: `Bearer ${session}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json().catch(() => null);
      if (!response.ok) throw describeRefusal(response.status, answer);
      return answer as Answer;
    },
  };
}

async function send(url: string, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetchAnswer(url + path, init);
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new GatewayError("unavailable", `The gateway at ${url} does not answer (${cause}).`, { cause: error });
  }
}

/** The gateway's words; those of something else that listens there are not taken for them. */
function describeRefusal(status: number, answer: unknown): GatewayError {
  const refusal = (answer as { error?: { code?: string; message?: string } } | null)?.error;
  const code: ErrorCode = errorCodes.find((known) => known === refusal?.code) ?? "unavailable";
  return new GatewayError(
    code === "internal" ? "unavailable" : code,
    refusal?.message ?? `The gateway answered ${status}: is this its address?`,
  );
}
