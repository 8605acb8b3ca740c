import type { Settings } from "@copilot-llm/model";
import type { Edit } from "./edit.js";

export interface SettingsStore {
  /** `defaultSettings` before the first update. */
  read(): Promise<Settings>;
  /** Returns the whole, as it is then. */
  update(edit: Edit<Settings>): Promise<Settings>;
}
