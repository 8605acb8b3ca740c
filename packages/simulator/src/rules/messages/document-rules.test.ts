import { describeRules } from "../../../testing/describe-rules.js";
import { messagesDocumentRules } from "./document-rules.js";

const file = (type: string, mediaType: string) => ({
  messages: [{ role: "user", content: [{ type: "document", source: { type, media_type: mediaType, data: "QUJD" } }] }],
});
const at = "messages.0.content.0.document.source";

describeRules("/v1/messages", messagesDocumentRules, {
  "base64-document-not-pdf": {
    refused: file("base64", "text/plain"),
    accepted: file("base64", "application/pdf"),
    says: `${at}.base64.media_type: Input should be 'application/pdf'`,
  },
  "text-document-not-plain": {
    refused: file("text", "text/csv"),
    accepted: file("text", "text/plain"),
    says: `${at}.text.media_type: Input should be 'text/plain'`,
  },
});
