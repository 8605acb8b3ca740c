import type { OperatingSystem } from "@copilot-llm/connect";
import type { Clock, Randomness } from "@copilot-llm/model";
import type { Environment, GatewaySettings } from "../env/gateway-settings.js";

/** What the commands take from the machine; only the composition root makes one. */
export interface CommandContext {
  readonly version: string;
  readonly nodeVersion: string;
  /** Where the console lies unless `CONSOLE_DIR` says otherwise. */
  readonly consoleDir: string;
  /** The process's variables over those of `.env`. */
  readonly environment: Environment;
  readonly workingDirectory: string;
  readonly home: string;
  readonly system: OperatingSystem;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** The result, for people or for scripts. */
  print(text: string): void;
  /** What is not the result: questions, progress, warnings. */
  report(text: string): void;
  /** Whether `report` reaches a person's terminal, so that lines may be drawn over. */
  readonly isTerminal: boolean;
  /** Everything on standard input. */
  readInput(): Promise<string>;
  /** Calls back once the process is asked to end. */
  onStop(stop: () => void): void;
  /** The settings of the gateway. Throws a `SettingError`. */
  readSettings(): GatewaySettings;
}
