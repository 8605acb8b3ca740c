// What `npm test` says last, so that the end of its output is enough to know what failed, wherever it was cut.
import { stripVTControlCharacters } from "node:util";

const most = { messages: 10, linesOfMessage: 20, names: 30 };

/**
 * Lines that tell of `failures`, each `{step, file?, title, message}`: the first ones with the first lines of their messages, then,
 * where there are several, all names once more, one a line, so that the last lines name them however long the messages are.
 */
export function describeFailures(failures) {
  if (failures.length === 0) return [];
  const told = failures
    .slice(0, most.messages)
    .flatMap((failure) => ["", nameOf(failure), ...linesOf(failure.message)]);
  if (failures.length === 1) return ["", "=== what failed", ...told, ""];
  const names = failures.slice(0, most.names).map(nameOf);
  const left = failures.length - names.length;
  return ["", "=== what failed", ...told, "", ...names, ...(left > 0 ? [`… and ${left} more`] : []), ""];
}

function nameOf({ step, file, title }) {
  return `FAILED ${[step, file, title].filter((part) => part !== undefined).join(" > ")}`.slice(0, 300);
}

function linesOf(message) {
  const lines = stripVTControlCharacters(message).trim().split("\n");
  const first = lines.slice(0, most.linesOfMessage).map((line) => `  ${line.trimEnd().slice(0, 300)}`);
  return lines.length > most.linesOfMessage ? [...first, "  …"] : first;
}
