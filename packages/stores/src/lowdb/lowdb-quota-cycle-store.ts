import type { QuotaCycle } from "@copilot-llm/model";
import * as z from "zod";
import type { QuotaCycleStore } from "../interfaces/quota-cycle-store.js";
import { keptEventsSchema } from "./change-trail.js";
import { type DocumentContext, type KeepsEvents, openJsonDocument } from "./json-document.js";
import type { DocumentFormat } from "./migrations/document-migration.js";

const schema = z.strictObject({
  cycles: z.array(
    z.strictObject({
      entityId: z.string(),
      name: z.string(),
      unit: z.enum(["premium_requests", "credits"]),
      resetAtMs: z.number(),
      entitlement: z.number(),
      firstSeenAtMs: z.number(),
      usedElsewhereAtFirst: z.number(),
      lastSeenAtMs: z.number(),
      used: z.number(),
      usedHere: z.number(),
    }),
  ),
  events: keptEventsSchema,
});

interface StoredCycles extends KeepsEvents {
  cycles: QuotaCycle[];
}

export const quotaCyclesFormat: DocumentFormat<StoredCycles> = { schema, migrations: [] };

export async function openQuotaCycleStore(
  path: string,
  context: DocumentContext,
): Promise<{ readonly store: QuotaCycleStore; close(): Promise<void> }> {
  const document = await openJsonDocument<readonly QuotaCycle[], StoredCycles>({
    path,
    format: quotaCyclesFormat,
    ...context,
    empty: [],
    decode: ({ cycles }) => cycles,
    encode: (cycles) => ({ cycles: [...cycles] }),
  });
  const store: QuotaCycleStore = {
    note(noted) {
      return document.update((known) => {
        const cycles = new Map(known.map((cycle) => [nameOf(cycle), cycle]));
        for (const cycle of noted) {
          const before = cycles.get(nameOf(cycle));
          if (before !== undefined && before.lastSeenAtMs > cycle.lastSeenAtMs) continue;
          const { firstSeenAtMs, usedElsewhereAtFirst } = before ?? cycle;
          cycles.set(nameOf(cycle), { ...cycle, firstSeenAtMs, usedElsewhereAtFirst });
        }
        return { data: [...cycles.values()], result: undefined };
      });
    },
    async list(fromMs) {
      return document.data
        .filter(({ resetAtMs }) => resetAtMs >= fromMs)
        .sort((one, other) => other.resetAtMs - one.resetAtMs || compareText(one.entityId, other.entityId));
    },
  };
  return { store, close: () => document.close() };
}

function nameOf({ entityId, unit, resetAtMs }: QuotaCycle): string {
  return `${resetAtMs} ${unit} ${entityId}`;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
