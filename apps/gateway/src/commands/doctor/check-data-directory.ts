import { constants } from "node:fs";
import { access, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { encodeBytes } from "../progress.js";
import { type Finding, ok, problem, warning } from "./finding.js";

const littleBytes = 1024 ** 3;

/** Whether the embedded stores, or what waits for the database, can lie there. Changes nothing. */
export async function checkDataDirectory(dataDir: string): Promise<readonly Finding[]> {
  const directory = path.resolve(dataDir);
  const existing = await nearestExisting(directory);
  const status = await stat(existing);
  if (!status.isDirectory()) {
    return [problem("data_dir", `${existing} is no directory.`, "Set DATA_DIR to a directory of the gateway's own.")];
  }
  const isWritable = await access(existing, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!isWritable) {
    const mend = `Give this user the directory (chown), or set DATA_DIR to one that it may write in.`;
    return [problem("data_dir", `This user may not write in ${existing}.`, mend)];
  }
  const found = existing === directory ? ok("data_dir", directory) : ok("data_dir", `${directory} will be made.`);
  const isOpen = existing === directory && (status.mode & 0o077) !== 0;
  return [
    isOpen
      ? warning("data_dir", `Others on this machine can look into ${directory}.`, `chmod 700 ${directory}`)
      : found,
    await checkSpace(existing),
  ];
}

async function checkSpace(directory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(directory);
  const free = bavail * bsize;
  const message = `${encodeBytes(free)} free`;
  if (free >= littleBytes) return ok("disk", message);
  return warning(
    "disk",
    `Only ${message}.`,
    "Make room, or lower RECORDING_RETENTION_DAYS, or set RECORDING=metadata.",
  );
}

async function nearestExisting(directory: string): Promise<string> {
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  );
  return isThere || path.dirname(directory) === directory ? directory : nearestExisting(path.dirname(directory));
}
