import type { RequestRecord } from "@copilot-llm/model";

/** Reads a sealed segment's records in order, each with where it stands. */
export type ScanRecords = (segment: number, onRecord: (record: RequestRecord, offset: number) => void) => Promise<void>;
