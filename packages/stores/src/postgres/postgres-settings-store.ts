import { defaultSettings, noLimits, type Settings } from "@copilot-llm/model";
import type { SettingsStore } from "../interfaces/settings-store.js";
import type { DatabaseAccess } from "./connection/database.js";
import { recordChange } from "./postgres-audit-store.js";

export function createSettingsStore(database: DatabaseAccess): SettingsStore {
  return {
    async read() {
      const row = await database.read((tables) => tables.selectFrom("settings").select("settings").executeTakeFirst());
      return decodeSettings(row?.settings);
    },
    update(edit, audited) {
      return database.change(async (tables, announce) => {
        await tables
          .insertInto("settings")
          .values({ id: 1, settings: "{}" })
          .onConflict((conflict) => conflict.column("id").doNothing())
          .execute();
        const row = await tables.selectFrom("settings").select("settings").forUpdate().executeTakeFirst();
        const current = decodeSettings(row?.settings);
        const changed: Settings = { ...current, ...edit(current) };
        await tables
          .updateTable("settings")
          .set({ settings: JSON.stringify(changed) })
          .execute();
        await recordChange(tables, audited, changed);
        announce({ kind: "settings_stored" });
        return changed;
      });
    },
  };
}

/** What came later than the row is as by default. */
function decodeSettings(stored: Partial<Settings> | undefined): Settings {
  const settings = { ...defaultSettings, ...stored };
  const { keyDefaults, batches } = settings;
  return {
    ...settings,
    keyDefaults: { ...keyDefaults, limits: { ...noLimits, ...keyDefaults.limits } },
    batches: { ...defaultSettings.batches, ...batches },
  };
}
