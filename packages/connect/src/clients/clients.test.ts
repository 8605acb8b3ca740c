import { execFileSync } from "node:child_process";
import { parse as parseToml } from "@decimalturn/toml-patch";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { sampleModels } from "../../testing/sample-models.js";
import type { Client, Connection } from "../connection.js";
import { createConnection } from "../create-connection.js";
import { mergeSettings } from "../merge/merge-settings.js";
import { encodeNote } from "../note.js";
import type { FilePlace, Place } from "../place.js";
import { createSettings } from "../settings-change.js";
import { clients, findClient } from "./clients.js";

const origin = "https://llm.example.com";
const key = "clp_0123456789";

const connect = (id: string, chosen: { main?: string; fast?: string } = {}, models = sampleModels): Connection =>
  createConnection(findClient(id) as Client, { origin, key, models, chosen });

const files = (connection: Connection): FilePlace[] =>
  connection.places.filter((place): place is FilePlace => place.kind === "file");

const textOf = (place: Place): string => {
  if (place.kind === "form") return JSON.stringify(place.fields);
  return typeof place.text === "string" ? place.text : place.text.unix;
};

describe("every client", () => {
  it("has an id and a name of its own", () => {
    expect(new Set(clients.map(({ id }) => id)).size).toBe(clients.length);
    expect(new Set(clients.map(({ name }) => name)).size).toBe(clients.length);
    expect(clients.every(({ id }) => /^[a-z0-9-]+$/.test(id))).toBe(true);
  });

  it.each(clients.map(({ id }) => [id]))("%s is told the gateway's address and the key", (id) => {
    const { places, problems } = connect(id);
    const all = places.map(textOf).join("\n");
    expect(all).toContain(origin);
    expect(all).toContain(key);
    expect(all).not.toMatch(/undefined|MODEL_ID|\[object/);
    expect(problems).toEqual([]);
    expect(new Set(places.map((place) => place.id)).size).toBe(places.length);
    for (const place of places) if (place.kind === "file") expect(place.text.includes(key)).toBe(place.holdsKey);
  });

  it.each(clients.map(({ id }) => [id]))("%s says everything in words that are filled in", (id) => {
    const { notes, undo, onRefusal, problems, places } = connect(id, {}, []);
    const titles = places.flatMap(({ title }) => (title === null ? [] : [title]));
    for (const note of [...notes, undo, onRefusal, ...problems, ...titles]) {
      expect(encodeNote(note)).not.toMatch(/[{}]|undefined/);
    }
  });

  it.each(clients.map(({ id }) => [id]))("%s has files whose text is what an empty file becomes", (id) => {
    for (const place of files(connect(id))) {
      expect(mergeSettings("", place)).toBe(place.text);
      expect(mergeSettings(place.text, place)).toBe(place.text);
      const read = { json: JSON.parse, toml: parseToml, yaml: parseYaml, dotenv: parseDotenv }[place.language];
      expect(read(place.text)).toEqual(createSettings(place.changes));
    }
  });

  it.each(clients.filter(({ roles }) => roles.length > 0).map(({ id }) => [id]))(
    "%s asks for the chosen model",
    (id) => {
      const { places, models } = connect(id, { main: "gpt-5.3-codex" });
      expect(models.main).toBe("gpt-5.3-codex");
      if (id !== "open-webui") expect(places.map(textOf).join("\n")).toContain("gpt-5.3-codex");
    },
  );
});

describe("Claude Code", () => {
  it("has everything in its settings file, with a model for each family it asks for", () => {
    const [settings] = files(connect("claude-code"));
    expect(settings?.paths).toEqual({
      macos: "~/.claude/settings.json",
      linux: "~/.claude/settings.json",
      windows: "%USERPROFILE%\\.claude\\settings.json",
    });
    expect(JSON.parse(settings?.text ?? "")).toEqual({
      env: {
        ANTHROPIC_BASE_URL: "https://llm.example.com/anthropic",
        ANTHROPIC_AUTH_TOKEN: key,
        ANTHROPIC_MODEL: "claude-sonnet-4.6",
        ANTHROPIC_DEFAULT_OPUS_MODEL: "claude-opus-4.7",
        ANTHROPIC_DEFAULT_SONNET_MODEL: "claude-sonnet-4.6",
        ANTHROPIC_DEFAULT_HAIKU_MODEL: "claude-haiku-4.5",
      },
    });
  });

  it("works with a key that may use no Claude model, and says that everything is translated", () => {
    const connection = connect(
      "claude-code",
      {},
      sampleModels.filter(({ id }) => !id.startsWith("claude")),
    );
    expect(connection.models.main).toBe("gpt-5-mini");
    expect(connection.problems.map(({ key: problem }) => problem)).toEqual(["models.all-translated"]);
  });
});

describe("Codex", () => {
  it("has a provider of its own, and the key in its .env", () => {
    const [config, env] = files(connect("codex"));
    expect(config?.text).toBe(`model = "gpt-5.3-codex"
model_provider = "copilot-llm"
model_context_window = 200000

[model_providers.copilot-llm]
name = "Copilot LLM Provider"
base_url = "https://llm.example.com/openai/v1"
env_key = "COPILOT_LLM_KEY"
wire_api = "responses"
`);
    expect(env?.paths.linux).toBe("~/.codex/.env");
    expect(env?.text).toBe(`COPILOT_LLM_KEY=${key}\n`);
  });
});

describe("opencode", () => {
  it("has one provider with every model that it can work with, and a small one for titles", () => {
    const [settings] = files(connect("opencode"));
    const config = JSON.parse(settings?.text ?? "");
    expect(config).toMatchObject({
      model: "copilot-llm/claude-sonnet-4.6",
      small_model: "copilot-llm/gpt-5-mini",
      provider: {
        "copilot-llm": {
          npm: "@ai-sdk/openai-compatible",
          options: { baseURL: "https://llm.example.com/openai/v1", apiKey: key },
        },
      },
    });
    const { models } = config.provider["copilot-llm"];
    expect(Object.keys(models).sort()).toEqual(
      ["claude-haiku-4.5", "claude-opus-4.7", "claude-sonnet-4.6", "gpt-5-mini", "gpt-5.3-codex"].sort(),
    );
    expect(models["gpt-5-mini"]).toEqual({
      name: "GPT-5-MINI",
      limit: { context: 200_000, output: 32_000 },
      attachment: true,
      modalities: { input: ["text", "image"], output: ["text"] },
    });
  });
});

describe("Copilot CLI", () => {
  const variables = (model: string) => {
    const [place] = connect("copilot", { main: model }).places;
    return Object.fromEntries(place?.kind === "env" ? place.variables : []);
  };

  it.each([
    ["claude-sonnet-4.6", { COPILOT_PROVIDER_TYPE: "anthropic", COPILOT_PROVIDER_BASE_URL: `${origin}/anthropic` }],
    ["gpt-5.3-codex", { COPILOT_PROVIDER_TYPE: "openai", COPILOT_PROVIDER_WIRE_API: "responses" }],
    ["somebody's-alias", { COPILOT_PROVIDER_TYPE: "openai", COPILOT_PROVIDER_WIRE_API: "completions" }],
  ])("speaks the own protocol of %s", (model, expected) => {
    expect(variables(model)).toMatchObject({ ...expected, COPILOT_MODEL: model, COPILOT_PROVIDER_API_KEY: key });
  });

  it("is told the model's limits", () => {
    expect(variables("claude-sonnet-4.6")).toMatchObject({
      COPILOT_PROVIDER_MAX_PROMPT_TOKENS: "168000",
      COPILOT_PROVIDER_MAX_OUTPUT_TOKENS: "32000",
    });
  });
});

describe("qwen-code", () => {
  it("has a provider of its own that speaks OpenAI's Chat, with the key in its own environment", () => {
    const [settings] = files(connect("qwen", {}, sampleModels.slice(1, 3)));
    expect(JSON.parse(settings?.text ?? "")).toEqual({
      env: { COPILOT_LLM_KEY: key },
      modelProviders: {
        "copilot-llm": ["claude-sonnet-4.6", "claude-haiku-4.5"].map((id) => ({
          id,
          name: id.toUpperCase(),
          envKey: "COPILOT_LLM_KEY",
          baseUrl: "https://llm.example.com/openai/v1",
          generationConfig: { contextWindowSize: 200_000 },
        })),
      },
      providerProtocol: { "copilot-llm": "openai" },
      security: { auth: { selectedType: "openai" } },
      model: { name: "claude-sonnet-4.6" },
      fastModel: "claude-haiku-4.5",
    });
  });
});

describe("Continue", () => {
  it("has an entry in its list for each role, beside those that are there", () => {
    const [settings] = files(connect("continue"));
    const existing = `name: Mine # ours\nversion: 2.0.0\nschema: v1\nmodels:\n  - name: Local # keep\n    provider: ollama\n    model: qwen\n`;
    const merged = settings === undefined ? "" : mergeSettings(existing, settings);
    expect(merged).toContain("name: Mine # ours");
    expect(merged).toContain("- name: Local # keep");
    const { models } = parseYaml(merged);
    expect(models.map(({ name, roles }: { name: string; roles?: string[] }) => [name, roles])).toEqual([
      ["Local", undefined],
      ["Copilot LLM (main)", ["chat", "edit"]],
      ["Copilot LLM (fast)", ["apply", "summarize"]],
    ]);
  });
});

describe("Cline, Cursor, Open WebUI and Zed", () => {
  it("have fields to fill in", () => {
    expect(connect("cline").places[0]).toMatchObject({
      kind: "form",
      fields: [
        ["API Provider", "OpenAI Compatible"],
        ["Base URL", "https://llm.example.com/openai/v1"],
        ["OpenAI Compatible API Key", key],
        ["Model ID", "claude-sonnet-4.6"],
      ],
    });
    expect(connect("cursor").places[0]).toMatchObject({
      kind: "form",
      location: "Cursor Settings > Models > API Keys",
    });
    expect(connect("open-webui").places[0]).toMatchObject({
      fields: [
        ["URL", `${origin}/openai/v1`],
        ["API Key", key],
      ],
    });
  });

  it("say when the gateway's address is good on this machine only", () => {
    const at = (address: string) =>
      createConnection(findClient("cursor") as Client, { origin: address, key, models: sampleModels }).problems.map(
        (problem) => problem.key,
      );
    expect(at("http://127.0.0.1:8000")).toEqual(["origin.loopback"]);
    expect(at("http://llm.internal")).toEqual(["origin.plain"]);
    expect(at("https://llm.example.com")).toEqual([]);
  });

  it("keep the key out of Zed's settings, beside what the user has there", () => {
    const [settings, variable] = connect("zed").places;
    if (settings?.kind !== "file" || variable?.kind !== "env") throw new Error("other places");
    expect(variable.variables).toEqual([["COPILOT_LLM_API_KEY", key]]);
    const merged = mergeSettings(
      `// mine\n{\n  "theme": "One", // dark\n  "agent": { "version": "2" },\n}\n`,
      settings,
    );
    expect(merged).toContain("// mine");
    expect(merged).toContain(`"theme": "One", // dark`);
    expect(merged).toContain(`"version": "2"`);
    expect(merged).toContain(`"api_url": "https://llm.example.com/openai/v1"`);
  });
});

describe("Claude Desktop", () => {
  it("starts our server, or a bridge to /mcp, beside the servers that are there", () => {
    const [stdio] = files(connect("claude-desktop-stdio"));
    const [http] = files(connect("claude-desktop-http"));
    if (stdio === undefined || http === undefined) throw new Error("no file");
    const existing = `{ "mcpServers": { "files": { "command": "x" } } }`;
    expect(JSON.parse(mergeSettings(existing, stdio)).mcpServers).toEqual({
      files: { command: "x" },
      copilot: {
        command: "npx",
        args: ["-y", "@copilot-llm/mcp"],
        env: { COPILOT_LLM_URL: origin, COPILOT_LLM_KEY: key },
      },
    });
    expect(JSON.parse(http.text).mcpServers.copilot.args.slice(2, 4)).toEqual([`${origin}/mcp`, "--header"]);
    expect(JSON.parse(http.text).mcpServers.copilot.env).toEqual({ COPILOT_LLM_AUTHORIZATION: `Bearer ${key}` });
    expect(stdio.paths.windows).toBe("%APPDATA%\\Claude\\claude_desktop_config.json");
  });
});

describe("the SDKs and libraries", () => {
  it.each([
    ["openai-python", "/openai/v1", "gpt-5-mini"],
    ["openai-typescript", "/openai/v1", "gpt-5-mini"],
    ["anthropic-python", "/anthropic", "claude-sonnet-4.6"],
    ["anthropic-typescript", "/anthropic", "claude-sonnet-4.6"],
    ["vercel-ai-sdk", "/openai/v1", "gpt-5-mini"],
    ["langchain", "/openai/v1", "gpt-5-mini"],
    ["llamaindex", "/openai/v1", "gpt-5-mini"],
  ])("%s is given %s and %s", (id, base, model) => {
    const code = connect(id).places.find((place) => place.kind === "code");
    expect(code?.text).toContain(JSON.stringify(`${origin}${base}`));
    expect(code?.text).toContain(JSON.stringify(model));
    expect(code?.install).toMatch(/^(?:npm|pip) install /);
  });

  it("use Anthropic's provider of the AI SDK for a Claude model, with the path that it wants", () => {
    const code = connect("vercel-ai-sdk", { main: "claude-opus-4.7" }).places[0];
    expect(code?.kind === "code" && code.text).toContain(`createAnthropic({ baseURL: "${origin}/anthropic/v1"`);
  });
});

describe("LiteLLM", () => {
  it("lists every model, with the key by reference", () => {
    const [config] = files(connect("litellm"));
    const { model_list: list } = parseYaml(config?.text ?? "");
    expect(list).toHaveLength(5);
    expect(list[0]).toEqual({
      model_name: "claude-sonnet-4.6",
      litellm_params: {
        model: "openai/claude-sonnet-4.6",
        api_base: "https://llm.example.com/openai/v1",
        api_key: "os.environ/COPILOT_LLM_KEY",
      },
    });
  });
});

describe("shells", () => {
  const strange = `it's "a" $HOME \`key\` \\ 100%`;

  it("get variables that hold what was meant, whatever is in it", () => {
    const [place] = createConnection(findClient("env") as Client, { origin, key: strange, models: [] }).places;
    const script = place?.kind === "env" ? place.text.unix : "";
    const printed = execFileSync("sh", ["-c", `${script}\nprintf %s "$OPENAI_API_KEY"`], { encoding: "utf8" });
    expect(printed).toBe(strange);
    expect(place?.kind === "env" && place.text.windows).toContain(
      `$env:OPENAI_API_KEY = 'it''s "a" $HOME \`key\` \\ 100%'`,
    );
  });

  it("get a curl line that asks for a stream", () => {
    const [place] = connect("curl").places;
    const command = place?.kind === "command" ? place.text.unix : "";
    const words = execFileSync("sh", ["-c", command.replace("curl", "printf '%s\\n'")], { encoding: "utf8" }).split(
      "\n",
    );
    expect(words).toContain(`authorization: Bearer ${key}`);
    expect(JSON.parse(words.at(-2) ?? "")).toEqual({
      model: "gpt-5-mini",
      messages: [{ role: "user", content: "Say hello" }],
      stream: true,
    });
  });
});

describe("without a list of models", () => {
  it("names are left to fill in, and it is said", () => {
    const connection = connect("codex", {}, []);
    expect(connection.places.map(textOf).join("")).toContain(`model = "MODEL_ID"`);
    expect(connection.problems.map((problem) => problem.key)).toEqual(["models.unknown"]);
  });

  it("a chosen model is taken as it is", () => {
    expect(connect("codex", { main: "gpt-5.4" }, []).problems).toEqual([]);
  });

  it("a chosen model that the key may not use is told", () => {
    expect(connect("codex", { main: "gpt-9" }).problems.map((note) => encodeNote(note))).toEqual([
      "This key may not use gpt-9.",
    ]);
  });
});

function parseDotenv(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .trim()
      .split("\n")
      .map((line) => line.split("=", 2) as [string, string]),
  );
}
