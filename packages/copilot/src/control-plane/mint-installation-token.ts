import { createSign } from "node:crypto";
import { type Clock, isJsonObject, parseJson, Secret } from "@copilot-llm/model";
import type { HttpClient } from "../data-plane/http-client.js";
import { filledStringOrNull } from "../json.js";
import { readStart } from "../read-all.js";
import type { AccountCredential } from "../upstream.js";
import { classifyControlRefusal, createFailure, RefusedError } from "./control-failure.js";
import { limitAbortable } from "./time-limit.js";

const maxAnswerBytes = 256 * 1024;
/** GitHub allows ten minutes and wants some tolerance for clocks that run ahead. */
const assertionLifeSeconds = 9 * 60;
const clockToleranceSeconds = 60;

export interface InstallationToken {
  readonly token: Secret;
  readonly expiresAtMs: number;
}

export interface MintOptions {
  readonly credential: Extract<AccountCredential, { kind: "app_installation" }>;
  readonly httpClient: HttpClient;
  readonly githubApiUrl: string;
  readonly callLimitMs: number;
  readonly clock: Clock;
}

/** A fresh `ghs_` token, valid for about an hour. Rejects with `RefusedError` or `ControlTimeoutError`. */
export async function mintInstallationToken(options: MintOptions): Promise<InstallationToken> {
  const { credential, httpClient, githubApiUrl, callLimitMs, clock } = options;
  const assertion = signAssertion(credential.appId, credential.privateKey, clock.nowMs());
  const { origin, pathname } = new URL(githubApiUrl);
  const installation = encodeURIComponent(credential.installationId);
  return limitAbortable(clock, callLimitMs, async (signal) => {
    const outcome = await httpClient.exchange({
      method: "POST",
      origin,
      path: `${pathname.replace(/\/$/, "")}/app/installations/${installation}/access_tokens`,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${assertion}`,
        "user-agent": "copilot-llm-provider",
        "x-github-api-version": "2022-11-28",
      },
      body: null,
      signal,
    });
    if (!outcome.answered) throw createUnreachableError();
    const text = Buffer.from(await readStart(outcome.body, maxAnswerBytes)).toString("utf8");
    if (outcome.status !== 201) {
      throw new RefusedError(classifyControlRefusal(outcome.status, outcome.headers, text, clock.nowMs()));
    }
    return parseToken(text);
  });
}

function parseToken(text: string): InstallationToken {
  const body = parseJson(text);
  const token = isJsonObject(body) ? filledStringOrNull(body.token) : null;
  const expiresAtMs = isJsonObject(body) ? Date.parse(filledStringOrNull(body.expires_at) ?? "") : Number.NaN;
  if (token === null || Number.isNaN(expiresAtMs)) throw createUnreachableError();
  return { token: new Secret(token), expiresAtMs };
}

/** The JSON Web Token (RS256) by which an App proves itself. */
function signAssertion(appId: string, privateKey: Secret, nowMs: number): string {
  const nowSeconds = Math.floor(nowMs / 1000);
  const head = encodePart({ alg: "RS256", typ: "JWT" });
  const claims = encodePart({
    iat: nowSeconds - clockToleranceSeconds,
    exp: nowSeconds + assertionLifeSeconds,
    iss: appId,
  });
  try {
    const signature = createSign("RSA-SHA256").update(`${head}.${claims}`).sign(privateKey.reveal(), "base64url");
    return `${head}.${claims}.${signature}`;
  } catch {
    throw new RefusedError(
      createFailure("unauthorized", 401, "The GitHub App's private key is not a valid RSA key in PEM form."),
    );
  }
}

function encodePart(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

function createUnreachableError(): RefusedError {
  return new RefusedError(createFailure("unreachable", 502, "GitHub gave no installation token."));
}
