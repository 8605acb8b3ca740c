import { operation } from "../route/operation.js";
import { backupQuery } from "./schemas.js";

export const downloadBackup = operation({
  method: "get",
  path: "/api/admin/backup",
  "x-access": "admin",
  operationId: "downloadBackup",
  summary: "Download a backup",
  description:
    "Streams everything in the embedded stores as one archive, while the gateway serves. A gateway over PostgreSQL answers 409: use `pg_dump` there. An answer that is cut short is not a whole archive.",
  request: { query: backupQuery },
  responses: {
    200: {
      description: "A tar archive for `copilot-llm restore`.",
      content: { "application/x-tar": { schema: { type: "string", format: "binary" } } },
    },
  },
  "x-errors": ["conflict"],
});
