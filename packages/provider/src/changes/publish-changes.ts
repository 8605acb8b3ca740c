import type { Cancel } from "@copilot-llm/model";
import type { ChangeFeed } from "@copilot-llm/stores";
import type { LiveEvents } from "./live-events.js";
import type { SettingsCache } from "./settings-cache.js";

/** Makes live events of what is changed in the stores, here or by another gateway. */
export function publishChanges(
  changes: Pick<ChangeFeed, "subscribe">,
  cache: Pick<SettingsCache, "reload">,
  events: Pick<LiveEvents, "publish">,
): Cancel {
  return changes.subscribe((change, origin) => {
    if (change.kind === "key_stored") events.publish({ kind: "key_changed", keyId: change.keyId });
    if (change.kind !== "settings_stored") return;
    const publish = (): void => events.publish({ kind: "settings_changed" });
    // Whoever asks on hearing it is to find the new ones in force here, too.
    if (origin === "here") publish();
    else void cache.reload().then(publish, publish);
  });
}
