import { GatewayError } from "@copilot-llm/model";

/** The one line with which a store refuses to open: what is wrong where, and what to do. For the operator. */
export function createStoreFailure(message: string, cause?: unknown): GatewayError {
  return new GatewayError("unavailable", message, cause === undefined ? {} : { cause });
}

/** What a newer version wrote is neither read in part nor begun anew. */
export function createUnknownVersion(path: string, version: number, known: number): GatewayError {
  return createStoreFailure(
    `${path} has version ${version}, and this software knows versions up to ${known}: run the version that wrote it, or restore a backup. It has been left as it is.`,
  );
}

/** The system's code (`ENOSPC`), where the error has one. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return null;
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : null;
}

/** What a system error means to an operator; the bare code where there is no better word. */
export function describeSystemError(error: unknown): string {
  const code = systemErrorCode(error);
  return (code === null ? undefined : descriptions[code]) ?? code ?? "unknown failure";
}

const descriptions: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would become too large",
  EIO: "the disk failed",
  EEXIST: "there is a file of this name",
  ENOENT: "no such file or directory",
  ENOTDIR: "part of the path is not a directory",
  EISDIR: "it is a directory",
  ELOOP: "the path is a circle of links",
  EMFILE: "too many open files",
};
