import type { SessionFilter } from "#lib/api/use-sessions";
import type { LiveEvents } from "#lib/live/live-connection";
import { nanoAiuPerCredit } from "#lib/use-figures";

/** Whether a request that just ended belongs to what the filter shows, as far as an event tells. */
export function fitsFilter(filter: SessionFilter, event: LiveEvents["request"]): boolean {
  return (
    filter.toMs === null &&
    (filter.model === null || filter.model === event.model) &&
    (filter.key === null || filter.key === event.key_id) &&
    (filter.token === null || filter.token === event.token_id) &&
    (filter.protocol === null || filter.protocol === event.protocol) &&
    (filter.status === null || filter.status === event.outcome) &&
    (filter.code === null || filter.code === event.error_code) &&
    (filter.minMs === null || event.duration_ms >= filter.minMs) &&
    (filter.minCredits === null || (event.nano_aiu ?? 0) >= filter.minCredits * nanoAiuPerCredit) &&
    (filter.client === null || event.user_agent?.toLowerCase().includes(filter.client.toLowerCase()) === true)
  );
}
