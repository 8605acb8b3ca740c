import {
  closeSync,
  existsSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  openSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { utcDate } from "@copilot-llm/model";
import { syncDirectory } from "../../directory/durable-file.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { packedName, plainName } from "./body-file-name.js";

const sync = promisify(fdatasync);

interface GrowingFile {
  readonly id: number;
  readonly day: string;
  readonly name: string;
  readonly descriptor: number;
  /** Its row is in the database. */
  isKnown: boolean;
  end: number;
}

export interface BodyPlace {
  readonly fileId: number;
  readonly offset: number;
}

/**
 * Appends bodies to the file of the day. A file that another follows never grows again. What was written for records
 * that were not committed is taken back by `undo`, and after a kill at the next start.
 */
export class BodyAppender {
  readonly #directory: string;
  readonly #fullBytes: number;
  readonly #addFile: SqlStatement;
  readonly #countNames: SqlStatement;
  #growing: GrowingFile | null = null;
  #latestId = 0;
  #isUnsynced = false;
  /** A new name that may not be on the medium, and files that are being left. */
  #isNameUnsynced = false;
  #leaving: Promise<void> = Promise.resolve();

  /** A file that is longer than `fullBytes` is followed by another of the same day. */
  constructor(directory: string, fullBytes: number, database: SqlDatabase) {
    this.#directory = directory;
    this.#fullBytes = fullBytes;
    this.#addFile = database.prepare("INSERT INTO body_files (id, name, first_position) VALUES (?, ?, ?)");
    this.#countNames = database.prepare("SELECT count(*) AS known FROM body_files WHERE name IN (?, ?)");
    this.#resume(database);
  }

  /** The file that may still grow; null before the first. */
  get growingFileId(): number | null {
    return this.#growing?.id ?? null;
  }

  /** Gives every file an id of its own, also those that others write. */
  nextFileId(): number {
    this.#latestId += 1;
    return this.#latestId;
  }

  /** Where the next frames will begin. Goes on to another file where that is due. */
  begin(nowMs: number): BodyPlace {
    const day = utcDate(nowMs);
    const { id, end } = this.#growing ?? {};
    if (id === undefined || end === undefined || this.#isOver(day)) {
      const next = this.#create(day);
      return { fileId: next.id, offset: next.end };
    }
    return { fileId: id, offset: end };
  }

  /** Writes frames, one after the other, to where `begin` said. */
  write(frames: Uint8Array): void {
    const file = this.#growing;
    if (file === null) throw new Error("no file of bodies was begun");
    for (let written = 0; written < frames.length; ) {
      written += writeSync(file.descriptor, frames, written, frames.length - written, file.end + written);
    }
    file.end += frames.length;
    this.#isUnsynced = true;
  }

  /** Puts the file into the database, unless it is there, within the transaction that is open. */
  register(firstPosition: number): void {
    const file = this.#growing;
    if (file !== null && !file.isKnown) this.#addFile.run(file.id, file.name, firstPosition);
  }

  /** The transaction was committed. */
  confirm(): void {
    if (this.#growing !== null) this.#growing.isKnown = true;
  }

  /** The transaction failed: gives up what was written from there on. */
  undo({ offset }: BodyPlace): void {
    const file = this.#growing;
    if (file === null) return;
    file.end = offset;
    ftruncateSync(file.descriptor, offset);
  }

  /** Resolves when everything that was written before the call is on the medium. */
  async sync(): Promise<void> {
    const leaving = this.#leaving;
    if (this.#isNameUnsynced) {
      this.#isNameUnsynced = false;
      await syncDirectory(this.#directory);
    }
    if (this.#growing !== null && this.#isUnsynced) {
      this.#isUnsynced = false;
      await sync(this.#growing.descriptor);
    }
    await leaving;
  }

  /** As `sync`, for what was written last; waits. */
  syncNow(): void {
    if (this.#growing !== null) fdatasyncSync(this.#growing.descriptor);
  }

  /** With nothing being synced. */
  close(): void {
    if (this.#growing !== null) closeSync(this.#growing.descriptor);
    this.#growing = null;
  }

  #isOver(day: string): boolean {
    const file = this.#growing;
    return file === null || day > file.day || file.end > this.#fullBytes;
  }

  #create(today: string): GrowingFile {
    // A clock that goes back does not bring an earlier day back.
    const day = this.#growing !== null && this.#growing.day > today ? this.#growing.day : today;
    let number = 1;
    while (this.#isTaken(plainName(day, number))) number += 1;
    const name = plainName(day, number);
    const descriptor = openSync(join(this.#directory, name), "w+", 0o600);
    this.#leave();
    this.#isNameUnsynced = true;
    this.#growing = { id: this.nextFileId(), day, name, descriptor, isKnown: false, end: 0 };
    return this.#growing;
  }

  #leave(): void {
    const file = this.#growing;
    if (file === null) return;
    this.#leaving = sync(file.descriptor).finally(() => closeSync(file.descriptor));
    // Whoever syncs next hears of a failure.
    this.#leaving.catch(() => undefined);
  }

  #isTaken(name: string): boolean {
    return (this.#countNames.get<{ known: number }>(name, packedName(name))?.known ?? 0) > 0;
  }

  /** Takes the last file up where its last record ends. */
  #resume(database: SqlDatabase): void {
    const latest = database.prepare("SELECT max(id) AS id FROM body_files").get<{ id: number | null }>();
    this.#latestId = latest?.id ?? 0;
    const file = database
      .prepare("SELECT id, name, first_position FROM body_files WHERE packed_from IS NULL ORDER BY id DESC LIMIT 1")
      .get<{ id: number; name: string; first_position: number }>();
    if (file === undefined) return;
    const path = join(this.#directory, file.name);
    // Whoever reads them finds out, and says, that its bodies are gone.
    if (!existsSync(path)) return;
    const last = database
      .prepare(
        `SELECT body_offset + body_bytes AS end FROM records
         WHERE position >= ? AND body_file = ? ORDER BY position DESC LIMIT 1`,
      )
      .get<{ end: number }>(file.first_position, file.id);
    const descriptor = openSync(path, "r+");
    const end = last?.end ?? 0;
    if (fstatSync(descriptor).size > end) ftruncateSync(descriptor, end);
    this.#growing = { id: file.id, day: file.name.slice(0, 10), name: file.name, descriptor, isKnown: true, end };
  }
}
