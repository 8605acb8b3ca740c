import { clients } from "../src/clients/clients.js";
import type { Client } from "../src/connection.js";
import { createConnection } from "../src/create-connection.js";
import type { ConnectModel } from "../src/models/connect-model.js";
import { encodeNote } from "../src/note.js";
import type { Place } from "../src/place.js";

const origin = "https://llm.example.com";
const key = "YOUR_KEY";
const wireNames = {
  "openai-chat": "Chat Completions",
  "openai-responses": "Responses",
  "anthropic-messages": "Messages",
} as const;

/** What the document takes for the key's models. */
const models: readonly ConnectModel[] = [
  describe("claude-sonnet-4.6", "Claude Sonnet 4.6", ["anthropic-messages", "openai-chat"], 1),
  describe("claude-haiku-4.5", "Claude Haiku 4.5", ["anthropic-messages", "openai-chat"], 0.33),
  describe("gpt-5.3-codex", "GPT-5.3-Codex", ["openai-responses"], 1),
  describe("gpt-5-mini", "GPT-5 mini", ["openai-chat", "openai-responses"], 0),
];

/** The lines between which docs/clients.md holds the sections. */
const sectionMarks = {
  begin: "<!-- What follows comes from packages/connect; `pnpm --filter @copilot-llm/connect document` writes it. -->",
  end: "<!-- What is above comes from packages/connect. -->",
} as const;

/** A section for every client, as `copilot-llm connect` and the console say it. */
export function encodeClientSections(): string {
  return clients.map(encodeSection).join("\n\n");
}

/** The document with its sections as they should be. Throws when it lacks the marks. */
export function replaceSections(document: string): string {
  const [before, rest] = document.split(`${sectionMarks.begin}\n`);
  const after = rest?.split(sectionMarks.end)[1];
  if (before === undefined || after === undefined) throw new Error("The document has no marks for the sections.");
  return `${before}${sectionMarks.begin}\n\n${encodeClientSections()}\n\n${sectionMarks.end}${after}`;
}

function encodeSection(client: Client): string {
  const connection = createConnection(client, { origin, key, models });
  const { places, verify, onRefusal, undo, notes } = connection;
  const canWrite = places.some(({ kind, isAlternative }) => kind === "file" && !isAlternative);
  return [
    `## ${client.name}`,
    encodeSummary(client, canWrite),
    ...places.map(encodePlace),
    [
      ...(verify === null ? [] : [`- Check: \`${verify.unix}\``]),
      `- When the gateway refuses: ${encodeNote(onRefusal)}`,
      `- To undo it: ${encodeNote(undo)}`,
      ...notes.map((note) => `- ${encodeNote(note)}`),
    ].join("\n"),
  ].join("\n\n");
}

function encodeSummary({ id, wires }: Client, canWrite: boolean): string {
  const speaks = wires.length === 0 ? "" : `Speaks ${wires.map((wire) => wireNames[wire]).join(", ")}. `;
  return `${speaks}\`copilot-llm connect ${id}${canWrite ? " --write" : ""}\` ${canWrite ? "does this" : "prints this"} with your address, key and models.`;
}

function encodePlace(place: Place): string {
  const title = place.title === null ? "" : `${encodeNote(place.title)}. `;
  return `${title}${encodeWhere(place)}\n\n${encodeContent(place)}`;
}

function encodeWhere(place: Place): string {
  switch (place.kind) {
    case "file": {
      const { macos, linux, windows } = place.paths;
      const mac = macos === linux ? "" : ` (macOS: \`${macos}\`)`;
      return `\`${linux}\`${mac}; on Windows \`${windows}\`:`;
    }
    case "env":
      return "In the shell that starts it:";
    case "command":
      return "Run:";
    case "code":
      return `After \`${place.install}\`:`;
    case "form":
      return `In ${place.location.replaceAll(">", "→")}:`;
  }
}

function encodeContent(place: Place): string {
  if (place.kind === "form") {
    return [
      "| field | value |",
      "| --- | --- |",
      ...place.fields.map(([label, value]) => `| ${label} | \`${value}\` |`),
    ].join("\n");
  }
  const language = place.kind === "file" || place.kind === "code" ? place.language : "sh";
  const text = typeof place.text === "string" ? place.text : place.text.unix;
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function describe(id: string, name: string, wires: ConnectModel["wires"], multiplier: number): ConnectModel {
  return {
    ...{ id, name, wires, callsTools: true, seesImages: true },
    cost: { multiplier, outputCredits: 0 },
    contextTokens: 200_000,
    outputTokens: 32_000,
  };
}
