import type { JsonObject } from "@copilot-llm/model";
import type { CanonicalRequest } from "../canonical/request.js";

const imageLabel = "The output of tool call";

/** What a request means, apart from how a wire packs it: compared between what was sent and what arrived. */
export function requestEssence(request: CanonicalRequest): JsonObject {
  const system: string[] = [];
  const turns: JsonObject[] = [];
  const images: JsonObject[] = [];
  for (const message of request.messages) {
    for (const part of message.content) {
      switch (part.type) {
        case "text":
          if (message.role === "system") system.push(part.text);
          else if (!part.text.startsWith(imageLabel)) turns.push({ [message.role]: part.text });
          break;
        case "tool-call":
          turns.push({ call: part.callId, name: part.name, input: JSON.parse(part.input) });
          break;
        case "tool-result": {
          const texts = part.output.flatMap((output) => (output.type === "text" ? [output.text] : []));
          const said = texts
            .filter((text) => text !== "Error:")
            .join("")
            .replace(/^Error: /, "");
          const failed = part.isError || texts.some((text) => text.startsWith("Error:"));
          turns.push({ result: part.callId, said, failed });
          images.push(...part.output.flatMap((output) => (output.type === "image" ? [{ ...output.source }] : [])));
          break;
        }
        case "image":
          images.push({ ...part.source });
          break;
        default:
          break;
      }
    }
  }
  return {
    system: system.join("\n"),
    turns,
    images,
    tools: request.tools.map((tool) =>
      tool.type === "function" ? [tool.name, tool.description, tool.parameters] : [],
    ),
    toolChoice: request.toolChoice === null ? null : { ...request.toolChoice },
    parallelToolCalls: request.parallelToolCalls,
    schema: request.responseFormat?.type === "json-schema" ? request.responseFormat.schema : null,
    temperature: request.sampling.temperature,
    topP: request.sampling.topP,
    user: request.user,
    stream: request.stream,
  };
}
