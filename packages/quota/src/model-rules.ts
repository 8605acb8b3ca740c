import { type ApiKey, GatewayError } from "@copilot-llm/model";

/** Whether the key's rules name the model: exactly, or by a glob in which `*` is any run and `?` any one character. */
export function isModelAllowed(key: Pick<ApiKey, "allowedModels">, modelId: string): boolean {
  return key.allowedModels === null || key.allowedModels.some((rule) => isMatch(rule, modelId));
}

/** Throws `permission_denied` when the key may not use the model. */
export function checkModel(key: ApiKey, modelId: string): void {
  if (isModelAllowed(key, modelId)) return;
  throw new GatewayError("permission_denied", `This API key may not use the model \`${modelId}\`.`, { param: "model" });
}

/** Matches without regular expressions: a rule is the admin's text, and its cost stays within rule x text. */
function isMatch(rule: string, text: string): boolean {
  let ruleAt = 0;
  let textAt = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (textAt < text.length) {
    if (rule[ruleAt] === "*") {
      starAt = ruleAt;
      ruleAt += 1;
      resumeAt = textAt;
    } else if (ruleAt < rule.length && (rule[ruleAt] === "?" || rule[ruleAt] === text[textAt])) {
      ruleAt += 1;
      textAt += 1;
    } else if (starAt >= 0) {
      ruleAt = starAt + 1;
      resumeAt += 1;
      textAt = resumeAt;
    } else {
      return false;
    }
  }
  while (rule[ruleAt] === "*") ruleAt += 1;
  return ruleAt === rule.length;
}
