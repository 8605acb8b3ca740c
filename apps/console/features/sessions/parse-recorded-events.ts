import { createParser } from "eventsource-parser";

export interface RecordedEvent {
  name: string | null;
  data: string;
}

interface RecordedEvents {
  /** The first ones; all of them stand in the body. */
  shown: readonly RecordedEvent[];
  total: number;
}

const maxShown = 500;
const maxData = 600;

/** The events of a recorded stream; null when the body is none. */
export function parseRecordedEvents(text: string): RecordedEvents | null {
  if (!/^(event|data|id|retry|:)/u.test(text.trimStart())) return null;
  const shown: RecordedEvent[] = [];
  let total = 0;
  const parser = createParser({
    onEvent: ({ event, data }) => {
      total += 1;
      const cut = data.length > maxData ? `${data.slice(0, maxData)}…` : data;
      if (shown.length < maxShown) shown.push({ name: event ?? null, data: cut });
    },
  });
  parser.feed(text.endsWith("\n\n") ? text : `${text}\n\n`);
  return { shown, total };
}
