import type { Account } from "../accounts/account.js";
import type { SimulatedModel } from "../catalogue/simulated-model.js";
import type { JsonObject } from "../json-value.js";
import type { Quirks } from "../quirks.js";
import type { IdOrigin, ServiceIds } from "../service-ids.js";
import type { ModelRequest } from "../wires/model-request.js";
import type { Finding } from "./finding.js";
import type { FamilyName } from "./model-family.js";
import type { RuleError } from "./rule-error.js";

/** What a rule about a conversation may look at. */
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

/** One thing the service refuses. */
export interface RuleRow<Input = RuleInput> {
  /** Unique among all rules; the request log notes it as `rule:ID`. */
  readonly id: string;
  /** What is refused, as the documentation says it. */
  readonly refuses: string;
  /** Where the rule is known from: `repository#number`, or whose documentation. */
  readonly source: string;
  /** Holds for these models only; absent: for every model of the endpoint. */
  readonly models?: FamilyName;
  /** Undefined lets the request pass. */
  check(input: Input): Finding | undefined;
  readonly error: RuleError;
}
