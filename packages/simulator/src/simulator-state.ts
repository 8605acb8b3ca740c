import type { AccountDirectory } from "./accounts/account-directory.js";
import type { Ledger } from "./billing/ledger.js";
import type { PromptCache } from "./billing/prompt-cache.js";
import type { SimulatedModel } from "./catalogue/simulated-model.js";
import type { SimulatorClock } from "./clock.js";
import type { FaultRegistry } from "./faults/fault-registry.js";
import type { DeviceFlow } from "./github/device-flow.js";
import type { Installations } from "./github/installations.js";
import type { RequestLogWriter } from "./http/request-log.js";
import type { QuirkRegistry } from "./quirk-registry.js";
import type { ServiceIds } from "./service-ids.js";

/** Everything that the routes share. One per running simulator. */
export interface SimulatorState {
  readonly clock: SimulatorClock;
  readonly accounts: AccountDirectory;
  readonly models: readonly SimulatedModel[];
  readonly faults: FaultRegistry;
  readonly quirks: QuirkRegistry;
  readonly ledger: Ledger;
  readonly promptCache: PromptCache;
  readonly requests: RequestLogWriter;
  readonly ids: ServiceIds;
  readonly deviceFlow: DeviceFlow;
  readonly installations: Installations;
  /** Pace of streams whose script says nothing. */
  readonly chunkDelayMs: number | undefined;
  /** What a user message is answered with instead of its echo; undefined: the echo. */
  readonly answerTo: (message: string) => string | undefined;
  /** Where the simulator listens. */
  url(): string;
}
