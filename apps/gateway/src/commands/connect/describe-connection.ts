import { type Connection, encodeNote, type OperatingSystem, type Place } from "@copilot-llm/connect";

/** What a person reads: where what goes, how to see that it works, what to expect. Once files are written, only what is left to do. */
export function describeConnection(
  { clientId, places, problems, notes, verify, onRefusal, undo }: Connection,
  system: OperatingSystem,
  done: "printed" | "written",
): string {
  const shell = system === "windows" ? "windows" : "unix";
  const left = places.filter(({ kind, isAlternative }) => done === "printed" || (kind !== "file" && !isAlternative));
  const canWrite = places.some(({ kind, isAlternative }) => kind === "file" && !isAlternative);
  return [
    ...problems.map((note) => `! ${encodeNote(note)}`),
    ...left.map((place) => describePlace(place, system)),
    ...(done === "printed" && canWrite
      ? [`Or let \`copilot-llm connect ${clientId} --write\` do it: it keeps the rest of the file, and a copy.`]
      : []),
    ...(verify === null ? [] : [`Check that it works:\n\n${indent(verify[shell])}`]),
    [
      `When the gateway refuses: ${encodeNote(onRefusal)}`,
      `To undo it: ${encodeNote(undo)}`,
      ...notes.map((note) => `- ${encodeNote(note)}`),
    ].join("\n"),
  ].join("\n\n");
}

function describePlace(place: Place, system: OperatingSystem): string {
  const title = place.title === null ? "" : `${encodeNote(place.title)}. `;
  return `${title}${describeWhere(place, system)}:\n\n${indent(textOf(place, system))}`;
}

function describeWhere(place: Place, system: OperatingSystem): string {
  switch (place.kind) {
    case "file":
      return `In ${place.paths[system]}`;
    case "env":
      return "In the shell that starts it";
    case "command":
      return "Run";
    case "code":
      return `In ${place.language === "python" ? "Python" : "TypeScript"}, after \`${place.install}\``;
    case "form":
      return `In ${place.location}`;
  }
}

/** The text that is to be copied. */
export function textOf(place: Place, system: OperatingSystem): string {
  switch (place.kind) {
    case "file":
    case "code":
      return place.text;
    case "env":
    case "command":
      return place.text[system === "windows" ? "windows" : "unix"];
    case "form":
      return place.fields.map(([label, value]) => `${label}: ${value}`).join("\n");
  }
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}
