import { isJsonObject, type JsonObject, objectsOf, stringOf } from "../../json-value.js";
import type { Finding } from "../finding.js";
import type { RuleRow } from "../rule-row.js";
import { type LocatedBlock, locateBlocks } from "./message-blocks.js";

/** Files on `/v1/messages`. */
export const messagesDocumentRules: readonly RuleRow[] = [
  {
    id: "base64-document-not-pdf",
    refuses: "a base64 document that is not a PDF",
    source: "LibreChat#16054",
    check: ({ body }) => findSource(body, "base64", "application/pdf"),
    error: {
      status: 400,
      shape: "backend",
      message: "{at}.document.source.base64.media_type: Input should be 'application/pdf'",
    },
  },
  {
    id: "text-document-not-plain",
    refuses: "a text source that is not `text/plain`",
    source: "LibreChat#16054",
    check: ({ body }) => findSource(body, "text", "text/plain"),
    error: {
      status: 400,
      shape: "backend",
      message: "{at}.document.source.text.media_type: Input should be 'text/plain'",
    },
  },
];

/** The first document with a source of this type and another media type. */
function findSource(body: JsonObject, type: string, mediaType: string): Finding | undefined {
  const wrong = locateDocuments(body).find(({ block: { source } }) => {
    return isJsonObject(source) && source.type === type && stringOf(source.media_type) !== mediaType;
  });
  return wrong === undefined ? undefined : { at: wrong.at };
}

function locateDocuments(body: JsonObject): LocatedBlock[] {
  const blocks = locateBlocks(body).flatMap(({ at, block }) => [
    { at, block },
    ...objectsOf(block.content).map((inner, index) => ({ at: `${at}.tool_result.content.${index}`, block: inner })),
  ]);
  return blocks.filter(({ block }) => block.type === "document");
}
