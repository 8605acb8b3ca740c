import { z } from "@hono/zod-openapi";

export const backupQuery = z.object({
  encryption_key: z
    .enum(["include", "omit"])
    .default("include")
    .describe(
      "Whether a key that was generated in `DATA_DIR` is part of the archive, which then opens every GitHub token.",
    ),
});
