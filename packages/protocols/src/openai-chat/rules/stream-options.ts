import { isObject } from "../../body/json.js";
import { withoutMembers } from "../../body/rewrite.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";

const usageIsAskedFor: ServiceRule = { name: "usage-is-asked-for", source: "CLIProxyAPI#3173, NadirClaw PR#33" };
const optionsNeedAStream: ServiceRule = { name: "stream-options-need-a-stream", source: "OpenAI's API" };

/**
 * A stream tells its usage only when it is asked: what is on record is what the service counted. The chunk more is kept
 * from a client that did not ask (`dropUsageChunk`).
 */
export const streamOptions: RuleStep = {
  rules: [usageIsAskedFor, optionsNeedAStream],
  fit(body, _context, applied) {
    const { stream, stream_options: options } = body;
    if (stream !== true) {
      if (options === undefined || options === null) return body;
      applied.add(optionsNeedAStream.name);
      return withoutMembers(body, ["stream_options"]);
    }
    if (isObject(options) && options.include_usage === true) return body;
    applied.add(usageIsAskedFor.name);
    return { ...body, stream_options: { ...(isObject(options) ? options : {}), include_usage: true } };
  },
};
