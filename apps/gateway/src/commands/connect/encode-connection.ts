import { type Connection, encodeNote, type OperatingSystem, type Place } from "@copilot-llm/connect";
import type { JsonObject } from "@copilot-llm/model";
import { textOf } from "./describe-connection.js";
import type { WrittenFile } from "./write-files.js";

/** The same for scripts. */
export function encodeConnection(
  { clientId, clientName, models, places, verify, onRefusal, undo, notes, problems }: Connection,
  origin: string,
  system: OperatingSystem,
  written: readonly WrittenFile[],
): JsonObject {
  return {
    client: clientId,
    name: clientName,
    url: origin,
    models,
    places: places.map((place) => encodePlace(place, system)),
    verify: verify?.[system === "windows" ? "windows" : "unix"] ?? null,
    on_refusal: encodeNote(onRefusal),
    undo: encodeNote(undo),
    notes: notes.map((note) => encodeNote(note)),
    problems: problems.map((note) => encodeNote(note)),
    written: written.map(({ path, copy, isChanged }) => ({ path, copy, changed: isChanged })),
  };
}

function encodePlace(place: Place, system: OperatingSystem): JsonObject {
  return {
    kind: place.kind,
    id: place.id,
    title: place.title === null ? null : encodeNote(place.title),
    alternative: place.isAlternative,
    text: textOf(place, system),
    ...(place.kind === "file" ? { path: place.paths[system], language: place.language } : {}),
    ...(place.kind === "env" ? { variables: Object.fromEntries(place.variables) } : {}),
    ...(place.kind === "code" ? { language: place.language, install: place.install } : {}),
    ...(place.kind === "form" ? { location: place.location, fields: Object.fromEntries(place.fields) } : {}),
  };
}
