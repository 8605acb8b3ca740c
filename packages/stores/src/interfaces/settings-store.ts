import type { Settings } from "@copilot-llm/model";
import type { Audited } from "./audited.js";
import type { Edit } from "./edit.js";

export interface SettingsStore {
  /** `defaultSettings` before the first update. */
  read(): Promise<Settings>;
  /** Returns the whole, as it is then. */
  update(edit: Edit<Settings>, audited: Audited<Settings>): Promise<Settings>;
}
