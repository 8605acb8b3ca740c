import type { Settings } from "@copilot-llm/model";

export interface SettingsStore {
  /** `defaultSettings` before the first update. */
  read(): Promise<Settings>;
  /** Changes the given fields, atomically, and returns the whole. */
  update(changes: Partial<Settings>): Promise<Settings>;
}
