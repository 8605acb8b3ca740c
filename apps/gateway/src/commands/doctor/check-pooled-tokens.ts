import type { CommandContext } from "../command-context.js";
import { withGateway } from "../remote/gateway-client.js";
import { newTokenMend } from "./check-tokens.js";
import { type Finding, ok, problem, skipped, warning } from "./finding.js";

interface PooledToken {
  readonly alias: string;
  readonly login: string | null;
  readonly status: string;
  readonly error_message: string | null;
  readonly warning: string | null;
  readonly cooling_until: string | null;
}

/** The tokens of the gateway that runs here, as it sees them; it alone may read those that were added in the console. */
export async function checkPooledTokens(context: CommandContext): Promise<readonly Finding[]> {
  const { COPILOT_LLM_SESSION: session, COPILOT_LLM_PASSWORD: password, ADMIN_PASSWORD: first } = context.environment;
  if (!session && !password && !first) {
    return [
      skipped(
        "pool",
        "Set COPILOT_LLM_SESSION, or COPILOT_LLM_USERNAME and COPILOT_LLM_PASSWORD, to see the running gateway's tokens.",
      ),
    ];
  }
  try {
    const { tokens } = await withGateway({}, context, (client) =>
      client.request<{ tokens: readonly PooledToken[] }>("GET", "/api/admin/github-tokens"),
    );
    return tokens.map(describeToken);
  } catch (error) {
    return [skipped("pool", `The running gateway's tokens: ${error instanceof Error ? error.message : String(error)}`)];
  }
}

function describeToken({
  alias,
  login,
  status,
  error_message: reason,
  cooling_until: until,
  ...token
}: PooledToken): Finding {
  const check = `pool:${alias}`;
  const who = login === null ? alias : `${alias} (${login})`;
  const message = `In the pool ${who} is ${status}${reason === null ? "" : `: ${reason}`}${until === null ? "" : ` until ${until}`}`;
  if (status === "auth_failed") return problem(check, message, newTokenMend);
  if (status === "exhausted") return warning(check, message, "Wait for the reset, or add another token.");
  if (token.warning !== null) return warning(check, `${message}. ${token.warning}`, newTokenMend);
  return ok(check, message);
}
