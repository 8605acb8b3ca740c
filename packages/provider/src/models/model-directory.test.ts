import type { CatalogueModel } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import { describe, expect, it } from "vitest";
import { ModelDirectory } from "./model-directory.js";

const ids = ["claude-haiku-4.5", "gpt-5-mini", "grok-code-fast-1"];
const models = ids.map((id) => ({ id, kind: "chat" }) as CatalogueModel);
const pool: Pick<Pool, "findModel" | "models"> = {
  findModel: (id) => models.find((model) => model.id === id) ?? null,
  models: () => models,
};
const directory = new ModelDirectory(pool as Pool);

const resolve = (asked: string, aliases: Readonly<Record<string, string>> = {}) =>
  directory.resolve({ asked, protocol: "openai-chat", key: null, onlyTokenIds: null, aliases });

describe("a model's name", () => {
  it("is its id, an alias, or its id in another spelling", () => {
    expect(resolve("gpt-5-mini").id).toBe("gpt-5-mini");
    expect(resolve("fast", { fast: "gpt-5-mini" }).id).toBe("gpt-5-mini");
    expect(resolve("claude-haiku-4-5").id).toBe("claude-haiku-4.5");
  });

  it("may be an alias of an id in another spelling", () => {
    expect(resolve("fast", { fast: "claude-haiku-4-5" }).id).toBe("claude-haiku-4.5");
  });

  it("that is an alias of what nobody has is refused by what it stands for", () => {
    expect(() => resolve("fast", { fast: "gpt-5-minis" })).toThrow(
      "No GitHub token has `gpt-5-minis`, for which `fast` stands. Did you mean `gpt-5-mini`?",
    );
  });
});
