import { closeMatches } from "@copilot-llm/protocols";
import { filePaths, messageBatchPaths, openaiBatchPaths } from "./batch-paths.js";
import { dataPaths, modelPaths } from "./data-paths.js";

const paths: readonly string[] = [
  ...dataPaths.map(({ path }) => path),
  ...modelPaths,
  ...filePaths,
  ...openaiBatchPaths,
  ...messageBatchPaths,
];

/** Where clients of the models' APIs look; elsewhere something else is meant. */
const apiAreas = /^\/(?:openai|anthropic|v1)(?:\/|$)/;

/**
 * The path of an API that the asked one may have meant (`/anthropic/v1/messages` for `/anthropic/messages`); null when it
 * is like none of them, or one of them itself.
 */
export function nearestPath(asked: string): string | null {
  if (paths.includes(asked)) return null;
  const sameEnd = paths.filter((path) => asked.endsWith(endOf(path)));
  if (sameEnd.length === 0 && !apiAreas.test(asked)) return null;
  const [nearest] = closeMatches(asked, sameEnd.length === 0 ? paths : sameEnd, 1);
  return nearest ?? sameEnd[0] ?? null;
}

/** What a client adds to its base URL. */
function endOf(path: string): string {
  return path.slice(path.indexOf("/v1") + "/v1".length);
}
