import type { LedgerEntry } from "../../interfaces/ledger.js";
import { storableText } from "../../stored-text/storable-text.js";

/** Where an entry's bodies stand in the bytes that a batch carries beside its rows. */
interface BodyPlace {
  readonly start: number;
  readonly bytes: number;
}

/** The rows of a batch as one JSON text and all bodies in one piece: two parameters, however many entries. */
export function encodeRecords(entries: readonly LedgerEntry[]): { readonly rows: string; readonly bodies: Buffer } {
  const parts: Uint8Array[] = [];
  let end = 0;
  const place = (body: Uint8Array | undefined): BodyPlace | null => {
    if (body === undefined) return null;
    const start = end;
    parts.push(body);
    end += body.length;
    // Counted from 1, as `substring` does.
    return { start: start + 1, bytes: body.length };
  };
  const rows = entries.map((entry) => ({
    ...encodeRow(entry),
    request: place(entry.bodies?.request),
    response: place(entry.bodies?.response),
  }));
  return { rows: JSON.stringify(rows), bodies: Buffer.concat(parts, end) };
}

function encodeRow({ record, charges }: LedgerEntry) {
  return {
    id: storableText(record.id),
    started_at_ms: record.startedAtMs,
    key_id: storable(record.keyId),
    key_group: storableText(record.keyId ?? record.keyAlias),
    token_id: storable(record.tokenId),
    token_alias: storable(record.tokenAlias),
    model_used: storable(record.modelUsed),
    protocol: record.protocol,
    outcome: record.outcome,
    conversation_id: record.recording === "off" ? null : storableText(record.conversationId),
    input_tokens: record.usage?.inputTokens ?? 0,
    output_tokens: record.usage?.outputTokens ?? 0,
    premium_units: record.premiumUnits,
    nano_aiu: record.nanoAiu ?? 0,
    duration_ms: record.durationMs,
    charged_requests: charges.requests,
    charged_premium_units: charges.premiumUnits,
    charged_nano_aiu: charges.nanoAiu,
    charged_tokens: charges.tokens,
    // JSON spells NUL and lone surrogates with escapes, so that the record itself keeps them.
    record: JSON.stringify(record),
  };
}

function storable(text: string | null): string | null {
  return text === null ? null : storableText(text);
}

const columns = `id, started_at_ms, key_id, key_group, token_id, token_alias, model_used, protocol, outcome,
  conversation_id, input_tokens, output_tokens, premium_units, nano_aiu, duration_ms, charged_requests,
  charged_premium_units, charged_nano_aiu, charged_tokens, record`;

/** Inserts what `encodeRecords` made and gives back the ids that were new. */
export const insertRecords = `
  INSERT INTO request_records (${columns}, request_body, response_body)
  SELECT ${columns},
    substring($2::bytea FROM (request->>'start')::integer FOR (request->>'bytes')::integer),
    substring($2::bytea FROM (response->>'start')::integer FOR (response->>'bytes')::integer)
  FROM json_to_recordset($1) AS incoming (
    id text, started_at_ms bigint, key_id text, key_group text, token_id text, token_alias text, model_used text,
    protocol text, outcome text, conversation_id text, input_tokens double precision, output_tokens double precision,
    premium_units double precision, nano_aiu double precision, duration_ms double precision,
    charged_requests double precision, charged_premium_units double precision, charged_nano_aiu double precision,
    charged_tokens double precision, record text, request json, response json
  )
  ON CONFLICT (id, started_at_ms) DO NOTHING
  RETURNING id`;
