import { createTables } from "./create-tables.js";

export interface Migration {
  readonly name: string;
  /** Run together, in one transaction. */
  readonly statements: string;
}

/** In order: the first makes version 1. What was released is never changed, only followed. */
export const migrations: readonly Migration[] = [createTables];
