import type { ModelOverview } from "@copilot-llm/gateway/admin-api";
import type { ChatProtocol } from "#lib/chat/conversation";

/** What a model can do, as far as a console needs to know. */
export interface ModelFacts {
  isChat: boolean;
  seesImages: boolean;
  callsTools: boolean;
  fitsSchemas: boolean;
  /** The efforts of reasoning that it knows; empty where it has none. */
  efforts: readonly string[];
  /** The APIs that it speaks itself; the gateway translates the others. */
  protocols: readonly ChatProtocol[];
}

const endpoints: readonly (readonly [string, ChatProtocol])[] = [
  ["/chat/completions", "chat"],
  ["/responses", "responses"],
  ["/v1/messages", "messages"],
];

export function factsOfModel({ capabilities, supported_endpoints: supported }: ModelOverview): ModelFacts {
  const efforts = capabilities.reasoning_efforts;
  return {
    isChat: (capabilities.type ?? "chat") === "chat",
    seesImages: capabilities.vision === true,
    callsTools: capabilities.tool_calls === true,
    fitsSchemas: capabilities.structured_outputs === true,
    efforts: Array.isArray(efforts) ? efforts.filter((effort) => typeof effort === "string") : [],
    // An absent list means Chat only, as the service has it.
    protocols:
      supported.length === 0
        ? ["chat"]
        : endpoints.filter(([path]) => supported.includes(path)).map(([, protocol]) => protocol),
  };
}

/** Whether a user turn costs nothing where it is counted in premium requests. */
export function isFree({ billing }: ModelOverview): boolean {
  return billing.some(({ unit }) => unit === null);
}
