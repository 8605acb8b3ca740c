import type { Account } from "../accounts/account.js";
import type { SimulatedModel } from "../catalogue/simulated-model.js";
import type { JsonObject } from "../json-value.js";
import type { Quirks } from "../quirks.js";
import type { IdOrigin, ServiceIds } from "../service-ids.js";
import type { ModelRequest } from "./model-request.js";
import type { Refusal } from "./refusal.js";

/** What a rule may look at. */
export interface RuleInput {
  readonly body: JsonObject;
  readonly request: ModelRequest;
  readonly model: SimulatedModel;
  readonly account: Account;
  readonly quirks: Quirks;
  readonly ids: ServiceIds;
  readonly origin: IdOrigin;
  header(name: string): string | undefined;
}

/** One thing the service refuses. The name is what the request log notes. */
export interface RequestRule {
  readonly name: string;
  check(input: RuleInput): Refusal | undefined;
}
