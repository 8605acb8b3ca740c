import { closeMatches } from "@copilot-llm/protocols";
import { z } from "@hono/zod-openapi";

/** A body, or a part of one, that takes no other fields: one that is misspelt would be dropped, and what it asks for with it. */
export function closedObject<const Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      const [name = ""] = issue.keys;
      const [meant] = closeMatches(name, known, 1);
      const hint = meant === undefined ? "" : ` Did you mean \`${meant}\`?`;
      return `There is no field \`${[...(issue.path ?? []), name].join(".")}\`.${hint}`;
    },
  });
}
