import { z } from "@hono/zod-openapi";

export const backupQuery = z.object({
  /** Whether a key that was generated in `DATA_DIR` is part of it; with it the archive opens every GitHub token. */
  encryption_key: z.enum(["include", "omit"]).default("include"),
});
