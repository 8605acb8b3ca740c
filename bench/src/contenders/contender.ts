/** What a contender can serve: by the client's protocol. */
export type ClientProtocol = "chat" | "messages" | "responses";

/** One program of the comparison. */
export interface Contender {
  readonly id: string;
  readonly title: string;
  /** The run goes on without it when it does not start or answers wrongly. */
  readonly isOptional?: boolean;
  /** It is started once for the whole run, and takes part where no process of its own is wanted. */
  readonly isSlowToStart?: boolean;
  start(surroundings: Surroundings): Promise<RunningContender>;
}

export interface Surroundings {
  readonly upstreamUrl: string;
  /** Empty, removed at the end of the run. */
  readonly directory: string;
}

export interface RunningContender {
  /** Null: nothing to measure, the load goes to the upstream itself. */
  readonly pid: number | null;
  readonly url: string;
  /** Where it takes which protocol. */
  readonly paths: Partial<Readonly<Record<ClientProtocol, string>>>;
  readonly headers: Readonly<Record<string, string>>;
  /** It passes the answers' bytes on as they are. */
  readonly keepsBytes: boolean;
  stop(): Promise<void>;
}
