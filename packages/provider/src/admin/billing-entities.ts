import type { EntityView, Pool } from "@copilot-llm/pool";
import type { Accounts } from "../accounts/accounts.js";
import type { Payer } from "../accounts/payer.js";

/** Who pays for some tokens, and what they may spend together: counted once, whatever each of them shows. */
export interface BillingEntityView extends EntityView, Payer {}

/** In the order in which they came up. */
export function listBillingEntities(
  pool: Pick<Pool, "entities">,
  accounts: Pick<Accounts, "payer">,
): readonly BillingEntityView[] {
  return pool.entities().map((entity) => {
    const [firstId = ""] = entity.tokenIds;
    const { name, source } = accounts.payer(firstId) ?? { name: entity.id, source: "account" };
    return { ...entity, name, source };
  });
}
