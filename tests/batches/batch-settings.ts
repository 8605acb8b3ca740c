import type { SettingsView, UpdateSettingsBody } from "@copilot-llm/gateway/admin-api";
import type { Admin } from "../testing/admin.ts";

/** Turns batches on, at this pace. */
export async function turnBatchesOn(
  admin: Admin,
  pace: NonNullable<UpdateSettingsBody["batches"]> = {},
): Promise<SettingsView> {
  const response = await admin.request("PATCH", "/api/admin/settings", { batches: { enabled: true, ...pace } });
  if (!response.ok) throw new Error(`batches were not turned on: ${await response.text()}`);
  return (await response.json()) as SettingsView;
}
