import { invalidField } from "../body/fields.js";
import type { MediaSource } from "../canonical/part.js";
import type { CanonicalRequest } from "../canonical/request.js";
import type { WireDefinition } from "../codec/protocol-definition.js";

/**
 * Throws `invalid_request` for files that the other wire cannot reach: an id is known to the service that gave it only,
 * and not every wire has files by URL.
 */
export function refuseHeldFiles(request: CanonicalRequest, client: WireDefinition, upstream: WireDefinition): void {
  const refuse = (what: string): never => {
    const message = `${what} is not supported for this model; send its bytes in base64 instead.`;
    throw invalidField(client.conversationField, message);
  };
  const check = (part: { readonly type: string; readonly source?: MediaSource }): void => {
    if (part.source?.kind === "id") refuse("A file or an image given by its id");
    if (part.source?.kind === "url" && part.type === "file" && !upstream.fitting.takesFileUrls)
      refuse("A file given by its URL");
  };
  for (const message of request.messages) {
    if (message.role === "user") message.content.forEach(check);
    if (message.role === "tool") for (const { output } of message.content) output.forEach(check);
  }
}
