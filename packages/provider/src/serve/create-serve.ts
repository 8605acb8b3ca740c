import type { Clock, Log, Randomness, RecordingMode, RequestRecord, Settings } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Stores } from "@copilot-llm/stores";
import type { Accounts } from "../accounts/accounts.js";
import type { PoolSharing } from "../accounts/pool-sharing.js";
import type { ModelDirectory } from "../models/model-directory.js";
import type { TeamDirectory } from "../teams/team-directory.js";
import { createAdmitRequest } from "./admit-request.js";
import { createAnswerRequest } from "./answer-request.js";
import { Conversations } from "./conversations.js";
import { createCountTokens } from "./count-tokens.js";
import { createEndRequest } from "./end-request.js";
import { InteractionIds } from "./interaction-ids.js";
import { createRecordRequest } from "./record-request.js";
import { createRefuseRequest } from "./refuse-request.js";
import { RefusedParameters } from "./refused-parameters.js";
import type { RequestWatch } from "./request-watch.js";
import { createReserveLimits } from "./reserve-limits.js";
import { ResponseHistory } from "./response-history.js";
import { createSendRequest } from "./send-request.js";
import { type AccountSource, createSendWithFailover } from "./send-with-failover.js";
import type { ServeCall } from "./serve-call.js";
import { createServeRequest, type ServeRequest } from "./serve-request.js";

/** What serving requests needs; one set for the life of the provider. */
export interface ServeOptions {
  readonly stores: Stores;
  readonly pool: Pool;
  readonly accounts: AccountSource & Pick<Accounts, "has">;
  readonly sharing: Pick<PoolSharing, "publishFailure" | "publishQuotas">;
  readonly models: ModelDirectory;
  readonly teams: TeamDirectory;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** Hears of every request that has ended, once it is on record. */
  readonly onRecord: (record: RequestRecord) => void;
  /** Hears of every request once, when it has ended, whether or not it could be recorded. Must neither throw nor wait. */
  readonly onRequestEnd?: (record: RequestRecord) => void;
  /** Asked once for each request: who follows it, for a trace. Must neither throw nor wait. */
  readonly watchRequest?: (call: ServeCall) => RequestWatch | null;
  /** The settings as they stand; read once per request. */
  readonly settings: () => Settings;
  /** What `Settings.recording` falls back to. */
  readonly recording: RecordingMode;
  /** While requests cannot be recorded: true serves them all the same, false refuses them. */
  readonly servesUnrecorded: boolean;
  /** Until when after its start a request may move on to another token. */
  readonly failoverDeadlineMs: number;
  readonly heartbeatMs: number;
  /** A longer non-streamed answer is an error. */
  readonly maxAnswerBytes: number;
}

/** Makes each step once, with what it needs, and puts them in order. */
export function createServe(options: ServeOptions): ServeRequest {
  const { stores, randomness, clock, onRequestEnd = () => {} } = options;
  const responseHistory = new ResponseHistory(stores);
  const record = createRecordRequest({ ...options, ledger: stores.ledger, responseHistory });
  const end = createEndRequest(onRequestEnd);
  const sendWithFailover = createSendWithFailover(options);
  const steps = {
    admit: createAdmitRequest({ ...options, responseHistory, conversations: new Conversations(stores) }),
    reserve: createReserveLimits(options),
    send: createSendRequest({
      ...options,
      sendWithFailover,
      interactionIds: new InteractionIds(randomness),
      refusals: new RefusedParameters(clock),
    }),
    answer: createAnswerRequest({ ...options, record, end }),
    countTokens: createCountTokens({ record }),
    refuse: createRefuseRequest({ ...options, record }),
    end,
  };
  return createServeRequest(steps, options);
}
