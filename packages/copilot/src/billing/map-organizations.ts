import { isJsonObject } from "@copilot-llm/model";
import type { AuthInfo } from "../control-plane/read-auth-info.js";
import { filledStringOrNull } from "../json.js";

/**
 * The logins of the organisations that GitHub names for an account, in its order (docs/copilot-service.md#organisations).
 * Null when it says nothing of the account.
 */
export function mapOrganizations(authInfo: Pick<AuthInfo, "copilotUser"> | undefined): readonly string[] | null {
  const user = authInfo?.copilotUser;
  if (user === undefined) return null;
  const named: unknown = user.organization_list;
  const items: readonly unknown[] = Array.isArray(named) ? named : [];
  const logins = items.flatMap((item) => (isJsonObject(item) ? (filledStringOrNull(item.login) ?? []) : []));
  return logins.length > 0 ? logins : (user.organization_login_list ?? []);
}
