import { access, constants, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import * as z from "zod";
import { makeDirectory } from "../directory/make-directory.js";
import { createStoreFailure, describeSystemError, systemErrorCode } from "../failure/store-failure.js";
import type { DocumentFormat } from "./migrations/document-migration.js";
import { readStoredDocument, upgradeDocument, writeStoredDocument } from "./stored-document.js";

/** What stands where in the data directory. */
export interface DataDirectory {
  readonly path: string;
  readonly tokens: string;
  readonly keys: string;
  readonly users: string;
  readonly settings: string;
  readonly quotaCycles: string;
  readonly invites: string;
  readonly teams: string;
  readonly ledger: string;
  readonly bodies: string;
  readonly files: string;
  /** Says which parts there are. */
  readonly marker: string;
  /** Every part was there once. */
  readonly isComplete: boolean;
  /** To be called when every part exists, in its current form: from then on a part that is missing stops the start. */
  markComplete(): Promise<void>;
}

const markerSchema = z.strictObject({ parts: z.array(z.string()) });

export const markerFormat: DocumentFormat<z.infer<typeof markerSchema>> = { schema: markerSchema, migrations: [] };

/**
 * Makes sure of a directory that can be written (created with mode 0700), and that nothing of it went missing since it
 * was completed: a lost file must not be mistaken for a store that is still empty.
 */
export async function openDataDirectory(dataDir: string): Promise<DataDirectory> {
  const path = resolve(dataDir);
  try {
    await makeDirectory(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw createStoreFailure(`DATA_DIR ${path} cannot be used: ${describeSystemError(error)}.`, error);
  }
  const parts = {
    tokens: join(path, "tokens.json"),
    keys: join(path, "keys.json"),
    users: join(path, "users.json"),
    settings: join(path, "settings.json"),
    quotaCycles: join(path, "quota-cycles.json"),
    invites: join(path, "invites.json"),
    teams: join(path, "teams.json"),
    ledger: join(path, "ledger.sqlite"),
  };
  await refuseEarlierForm(path);
  const markerPath = join(path, "directory.json");
  const marker = await readStoredDocument(markerPath, markerFormat);
  for (const part of marker?.stored.parts ?? []) await requirePart(join(path, part), markerPath);
  return {
    path,
    ...parts,
    bodies: join(path, "bodies"),
    files: join(path, "files"),
    marker: markerPath,
    isComplete: marker !== null,
    async markComplete() {
      if (marker !== null) return upgradeDocument(markerPath, markerFormat);
      const names = Object.values(parts).map((part) => part.slice(path.length + 1));
      await writeStoredDocument(markerPath, markerFormat, { parts: names });
    },
  };
}

/** Of no release, so that nobody needs it: not worth the code that would read it. */
async function refuseEarlierForm(path: string): Promise<void> {
  const isEarlier = await stat(join(path, "ledger")).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isEarlier) return;
  throw createStoreFailure(
    `${path} was made before the ledger became a SQLite database (ledger.sqlite) and cannot be taken over: start with a new DATA_DIR. It has been left as it is.`,
  );
}

async function requirePart(path: string, markerPath: string): Promise<void> {
  try {
    await stat(path);
  } catch (error) {
    if (systemErrorCode(error) !== "ENOENT") {
      throw createStoreFailure(`Cannot read ${path}: ${describeSystemError(error)}.`, error);
    }
    throw createStoreFailure(
      `${path} is missing: restore it from a backup. To go on without what it held, remove ${markerPath} as well.`,
    );
  }
}
