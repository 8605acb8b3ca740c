import { GatewayError } from "@copilot-llm/model";
import type { StoredHistory } from "../codec/stored-history.js";
import { findResponseId, prependItems, responseItems } from "./response-items.js";

/** `previous_response_id`. The upstream keeps no responses over HTTP (docs/copilot-service.md#no-stored-responses). */
export const storedHistory: StoredHistory = {
  previousAnswerId({ previous_response_id: id }) {
    return typeof id === "string" ? id : null;
  },
  findAnswerId: findResponseId,
  readTurn: responseItems,
  prependTurns: prependItems,
  unknownAnswer(id) {
    return new GatewayError(
      "invalid_request",
      `Previous response with id '${id}' not found. It is kept only while this gateway records requests in full; send the whole conversation in \`input\` instead.`,
      { param: "previous_response_id", details: { error_code: "previous_response_not_found" } },
    );
  },
};
