import type { JsonObject } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import { dropTools, rewriteObjects, withMember, withoutMembers } from "../body/rewrite.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import { nearestEffort } from "../canonical/nearest-effort.js";
import { isSealed } from "../canonical/seal-reasoning.js";
import type { Quirk } from "../codec/quirk.js";

const refusedTools = /^(?:web_search|image_generation|mcp$|code_interpreter|file_search)/;

/** What the service's Responses endpoint refuses. */
export const quirks: readonly Quirk[] = [
  {
    // docs/copilot-service.md#responses-fields
    name: "unsupported-fields",
    rewrite: (body) => withoutMembers(body, ["service_tier"]),
  },
  {
    // docs/copilot-service.md#responses-fields
    name: "hosted-tools-refused",
    rewrite: (body) => dropTools(body, (tool) => refusedTools.test(String(tool.type))),
  },
  {
    name: "efforts-the-model-has",
    rewrite(body, { model }) {
      const { reasoning } = body;
      if (model === null || !isObject(reasoning) || typeof reasoning.effort !== "string") return body;
      const effort = nearestEffort(reasoning.effort, model.supports.reasoningEfforts);
      return withMember(body, "reasoning", withMember(reasoning, "effort", effort));
    },
  },
  {
    // docs/copilot-service.md#rotating-item-ids
    name: "item-ids-rotate",
    rewrite(body) {
      const input = rewriteObjects(body.input, (item) => {
        if (item.type === "item_reference") return null;
        return withoutMembers(item, ["id"]);
      });
      return withMember(body, "input", input);
    },
  },
  {
    // docs/copilot-service.md#call-id-length
    name: "call-ids-are-short",
    rewrite(body) {
      const input = rewriteObjects(body.input, (item): JsonObject => {
        const { call_id: callId } = item;
        return typeof callId === "string" && callId.length > 64 ? { ...item, call_id: fitCallId(callId) } : item;
      });
      return withMember(body, "input", input);
    },
  },
  {
    // docs/copilot-service.md#sealed-reasoning
    name: "reasoning-sealed-for-another-wire",
    rewrite(body) {
      const input = rewriteObjects(body.input, (item) => {
        const sealed = item.encrypted_content;
        return item.type === "reasoning" && typeof sealed === "string" && isSealed(sealed) ? null : item;
      });
      return withMember(body, "input", input);
    },
  },
];
