import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type AccountCredential, createUpstream, type UpstreamAccount } from "@copilot-llm/copilot";
import type { Log, Secret, UpstreamFailure, UpstreamFailureKind } from "@copilot-llm/model";
import type { GatewaySettings } from "../../env/gateway-settings.js";
import { mapUpstreamSettings } from "../../env/map-upstream-settings.js";
import type { CommandContext } from "../command-context.js";
import { type Finding, ok, problem, warning } from "./finding.js";

/** A token to ask GitHub about. */
export interface NamedToken {
  readonly alias: string;
  readonly token: Secret;
}

/** What helps when GitHub refuses a token. */
export const newTokenMend =
  "Make a new fine-grained token with the permission Copilot Requests (github.com/settings/personal-access-tokens) in its holder's account.";

const mends: Readonly<Partial<Record<UpstreamFailureKind, string>>> = {
  unauthorized: newTokenMend,
  forbidden:
    "Give the token the permission Copilot Requests; its holder needs a Copilot seat, and the organisation's policy must allow Copilot CLI.",
  quota_exhausted: "Wait for the reset, or let the account spend beyond its quota at GitHub.",
  client_outdated: "Upgrade copilot-llm.",
  unreachable: "Mend what the checks of the network say, then run doctor again.",
  timeout: "Mend what the checks of the network say, then run doctor again.",
};

/** Asks GitHub about each token, as the gateway does at its start: who it is, which models it has, what is left of its quota. */
export async function checkTokens(
  tokens: readonly NamedToken[],
  settings: GatewaySettings,
  { environment, clock, randomness }: CommandContext,
  log: Log,
): Promise<readonly Finding[]> {
  const stateDir = await mkdtemp(path.join(tmpdir(), "copilot-llm-doctor-"));
  const upstream = createUpstream({
    stateDir,
    ...mapUpstreamSettings(settings),
    environment,
    clock,
    randomness,
    log,
  });
  try {
    return await Promise.all(
      tokens.map(async ({ alias, token }) => {
        const credential: AccountCredential = { kind: "user", token };
        return checkAccount(alias, upstream.openAccount(credential));
      }),
    );
  } finally {
    await upstream.close();
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function checkAccount(alias: string, account: UpstreamAccount): Promise<Finding> {
  const check = `token:${alias}`;
  const profile = await account.signIn();
  if (!profile.ok) return describeFailure(check, alias, profile.failure);
  const { login, plan, warning: advice } = profile.value;
  const who = `${alias} is ${login}${plan === null ? "" : ` (${plan})`}`;
  const catalogue = await account.catalogue();
  if (!catalogue.ok) return describeFailure(check, who, catalogue.failure);
  const message = `${who}, with ${catalogue.value.length} models`;
  if (catalogue.value.length === 0) {
    return problem(check, `${message}.`, "Let the organisation's policies allow models for Copilot.");
  }
  return advice === null ? ok(check, `${message}.`) : warning(check, `${message}. ${advice}`, newTokenMend);
}

function describeFailure(check: string, who: string, { kind, error }: UpstreamFailure): Finding {
  const words = error.message.replace(/\.$/, "");
  return problem(check, `${who}: ${words} (${kind}).`, mends[kind] ?? "Try again later.");
}
