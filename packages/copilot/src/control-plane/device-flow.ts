import { type Clock, type JsonObject, parseJson, Secret } from "@copilot-llm/model";
import type { HttpClient } from "../data-plane/http-client.js";
import { filledStringOrNull, numberOrNull, objectOrEmpty } from "../json.js";
import { readStart } from "../read-all.js";
import type { DeviceCode, DeviceFlow, DevicePoll, UpstreamResult } from "../upstream.js";
import { classifyControlRefusal, createFailure, mapControlFailure, RefusedError } from "./control-failure.js";
import { limitAbortable } from "./time-limit.js";

const maxAnswerBytes = 64 * 1024;
const scope = "read:user";
const grantType = "urn:ietf:params:oauth:grant-type:device_code";
/** What RFC 8628 says when the service does not. */
const defaultIntervalMs = 5_000;

export interface DeviceFlowOptions {
  readonly httpClient: HttpClient;
  readonly githubApiUrl: string;
  readonly callLimitMs: number;
  readonly clock: Clock;
}

/** GitHub's device flow (docs/copilot-service.md#device-flow), at the sign-in site that belongs to the API address. */
export function createDeviceFlow({ httpClient, githubApiUrl, callLimitMs, clock }: DeviceFlowOptions): DeviceFlow {
  const { origin, pathname } = new URL(signInUrl(githubApiUrl));

  const post = async (path: string, fields: Readonly<Record<string, string>>): Promise<JsonObject> =>
    limitAbortable(clock, callLimitMs, async (signal) => {
      const outcome = await httpClient.exchange({
        method: "POST",
        origin,
        path: pathname.replace(/\/$/, "") + path,
        headers: {
          accept: "application/json",
          "content-type": "application/x-www-form-urlencoded",
          "user-agent": "copilot-llm-provider",
        },
        body: Buffer.from(new URLSearchParams(fields).toString()),
        signal,
      });
      if (!outcome.answered) throw new RefusedError(createFailure("unreachable", 502, "GitHub could not be reached."));
      const text = Buffer.from(await readStart(outcome.body, maxAnswerBytes)).toString("utf8");
      if (outcome.status < 200 || outcome.status > 299) {
        throw new RefusedError(classifyControlRefusal(outcome.status, outcome.headers, text, clock.nowMs()));
      }
      return objectOrEmpty(parseJson(text));
    });

  const answer = async <Value>(work: () => Promise<Value>): Promise<UpstreamResult<Value>> => {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return { ok: false, failure: mapControlFailure(error, clock.nowMs()) };
    }
  };

  return {
    start: (clientId) =>
      answer(async () => parseCode(await post("/login/device/code", { client_id: clientId, scope }), clock.nowMs())),
    poll: (clientId, deviceCode) =>
      answer(async () =>
        parsePoll(
          await post("/login/oauth/access_token", {
            client_id: clientId,
            device_code: deviceCode.reveal(),
            grant_type: grantType,
          }),
        ),
      ),
  };
}

/**
 * Where people sign in, given the API's address: `https://api.github.com` -> `https://github.com`,
 * `https://api.acme.ghe.com` -> `https://acme.ghe.com`, `https://ghes.acme.com/api/v3` -> `https://ghes.acme.com`;
 * any other address (a stand-in) serves both.
 */
export function signInUrl(githubApiUrl: string): string {
  const url = new URL(githubApiUrl);
  if (/^api\.(github\.com|[^.]+\.ghe\.com)$/.test(url.hostname)) url.hostname = url.hostname.slice("api.".length);
  url.pathname = url.pathname.replace(/\/api\/v3\/?$/, "");
  return url.href.replace(/\/$/, "");
}

function parseCode(body: JsonObject, nowMs: number): DeviceCode {
  const deviceCode = filledStringOrNull(body.device_code);
  const userCode = filledStringOrNull(body.user_code);
  const verificationUri = filledStringOrNull(body.verification_uri);
  const expiresInSeconds = numberOrNull(body.expires_in);
  if (deviceCode === null || userCode === null || verificationUri === null || expiresInSeconds === null) {
    throw refused(body);
  }
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri,
    expiresAtMs: nowMs + expiresInSeconds * 1_000,
    intervalMs: intervalOf(body) ?? defaultIntervalMs,
  };
}

function parsePoll(body: JsonObject): DevicePoll {
  const token = filledStringOrNull(body.access_token);
  if (token !== null) {
    return { status: "complete", token: new Secret(token), expires: numberOrNull(body.expires_in) !== null };
  }
  switch (body.error) {
    case "authorization_pending":
      return { status: "pending" };
    case "slow_down":
      return { status: "slow_down", intervalMs: intervalOf(body) };
    case "expired_token":
      return { status: "expired" };
    case "access_denied":
      return { status: "denied" };
    default:
      throw refused(body);
  }
}

function intervalOf(body: JsonObject): number | null {
  const seconds = numberOrNull(body.interval);
  return seconds === null || seconds <= 0 ? null : seconds * 1_000;
}

/** An answer with status 200 that is neither of those the flow knows. */
function refused(body: JsonObject): RefusedError {
  const reason =
    filledStringOrNull(body.error_description) ?? filledStringOrNull(body.error) ?? "its answer makes no sense";
  return new RefusedError(createFailure("forbidden", 400, `GitHub refused the device sign-in: ${reason}`));
}
