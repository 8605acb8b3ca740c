import { withMember } from "../../body/rewrite.js";
import { createRule } from "../../service-rules/service-rule.js";
import { nameCalls } from "../name-calls.js";

/** Codex leaves the id out of some outputs. */
export const outputsNameTheirCalls = createRule({
  name: "outputs-name-their-calls",
  source: "codex#42088",
  rewrite: (body) => withMember(body, "input", nameCalls(body.input)),
});
