import type { Clock, Log, Randomness } from "@copilot-llm/model";
import { createSdkClient, type RuntimeIdentity, type RuntimeSettings } from "./create-sdk-client.js";
import { createRuntime, type Runtime } from "./runtime.js";
import { createStateDirectory } from "./state-directory.js";

export interface RuntimeGroupOptions extends RuntimeSettings {
  readonly stateDir: string;
  readonly callLimitMs: number;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** The runtimes of one upstream, each with a directory of its own for as long as its process lives. */
export class RuntimeGroup {
  readonly #options: RuntimeGroupOptions;
  readonly #stateDirectory: ReturnType<typeof createStateDirectory>;
  readonly #runtimes = new Set<Runtime>();
  #lost = 0;

  constructor(options: RuntimeGroupOptions) {
    this.#options = options;
    this.#stateDirectory = createStateDirectory(options.stateDir, options.randomness);
  }

  /** Processes that were lost and that nobody stopped. */
  get lost(): number {
    return this.#lost;
  }

  /** One more. Its process begins with the first call. */
  add(name: string, identity: RuntimeIdentity): Runtime {
    const { callLimitMs, clock, log } = this.#options;
    const directories: string[] = [];
    const removeDirectories = () => Promise.all(directories.splice(0).map(this.#stateDirectory.remove));
    const runtime = createRuntime({
      name,
      createClient: async () => {
        await removeDirectories();
        const directory = await this.#stateDirectory.create(name);
        directories.push(directory);
        return createSdkClient(directory, identity, this.#options);
      },
      onLost: () => {
        this.#lost += 1;
      },
      cleanUp: async () => {
        this.#runtimes.delete(runtime);
        await removeDirectories();
      },
      callLimitMs,
      clock,
      log,
    });
    this.#runtimes.add(runtime);
    return runtime;
  }

  /** Ends every process with the calls under way. */
  async stop(): Promise<void> {
    await Promise.all([...this.#runtimes].map((runtime) => runtime.stop("at-once")));
  }
}
