import type { Clock, Log, Randomness, Secret } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { CreateBackup } from "./api/backup/routes.js";
import type { StartSettings } from "./api/settings/schemas.js";
import type { StatusRouteOptions } from "./api/status/routes.js";
import type { IdentityProvider } from "./auth/oidc/identity-provider.js";
import type { ConsoleFiles } from "./console/console-files.js";
import type { CidrList } from "./env/cidr-list.js";
import type { StartSpan } from "./http/request-span.js";
import type { Metrics } from "./telemetry/metrics/metrics.js";

/** What the gateway's HTTP surface is made of. */
export interface AppOptions {
  readonly provider: Provider;
  /** Null: the stores are a database, which has its own means. */
  readonly createBackup: CreateBackup | null;
  readonly storeKind: StatusRouteOptions["storeKind"];
  readonly log: Log;
  /** Null: no console is served. */
  readonly consoleFiles: ConsoleFiles | null;
  readonly corsOrigins: "*" | readonly string[];
  readonly trustProxy: CidrList;
  /** Null: one signs in to the console by password only. */
  readonly identityProvider: IdentityProvider | null;
  readonly publicUrl: string | null;
  readonly maxBodyBytes: number;
  /** Of a file for a batch, and of the body of a message batch. */
  readonly batchFileMaxBytes: number;
  readonly metrics: Metrics;
  /** What opens `/metrics` besides an admin's session. */
  readonly metricsToken: Secret | null;
  readonly startSpan: StartSpan;
  readonly version: string;
  /** What the admin API tells of the environment. */
  readonly startSettings: StartSettings;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** False while the gateway drains. */
  readonly isAccepting: () => boolean;
}
