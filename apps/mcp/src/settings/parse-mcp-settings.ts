import { Secret } from "@copilot-llm/model";
import { type LogLevel, logLevels } from "../stdio/create-stderr-log.js";
import { SettingError } from "./setting-error.js";

export type Environment = Readonly<Record<string, string | undefined>>;

export interface McpSettings {
  /** Of the gateway that answers; null: this process answers itself. */
  readonly gatewayUrl: string | null;
  readonly gatewayKey: Secret | null;
  /** Null: the signed-in user of the Copilot CLI or `gh`. */
  readonly githubToken: Secret | null;
  readonly defaultModel: string | null;
  /** Under which each process makes a directory of its own; null: the system's temporary directory. */
  readonly dataDir: string | null;
  readonly logLevel: LogLevel;
  readonly copilotApiUrl: string | undefined;
  readonly githubApiUrl: string | undefined;
  readonly httpsProxy: string | undefined;
  readonly noProxy: string | undefined;
  readonly extraCaCertsFile: string | undefined;
}

/** Reads the settings; an empty value counts as unset. Throws a `SettingError` for the first that cannot be used. */
export function parseMcpSettings(environment: Environment): McpSettings {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const secret = (name: string): Secret | null => {
    const value = read(name);
    return value === undefined ? null : new Secret(value);
  };
  const url = (name: string): string | undefined => parseUrl(name, read(name));
  return {
    gatewayUrl: url("COPILOT_LLM_URL")?.replace(/(\/openai)?\/v1$|\/anthropic$|\/mcp$/, "") ?? null,
    gatewayKey: secret("COPILOT_LLM_KEY"),
    githubToken: secret("GITHUB_TOKEN"),
    defaultModel: read("COPILOT_LLM_MODEL") ?? null,
    dataDir: read("DATA_DIR") ?? null,
    logLevel: parseLogLevel(read("LOG_LEVEL")),
    copilotApiUrl: url("COPILOT_API_URL"),
    githubApiUrl: url("GITHUB_API_URL"),
    httpsProxy: parseUrl("HTTPS_PROXY", read("HTTPS_PROXY") ?? read("https_proxy")),
    noProxy: read("NO_PROXY") ?? read("no_proxy"),
    extraCaCertsFile: read("NODE_EXTRA_CA_CERTS"),
  };
}

function parseUrl(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const protocol = URL.canParse(text) ? new URL(text).protocol : null;
  if (protocol !== "http:" && protocol !== "https:") {
    throw new SettingError(name, text, "give an http:// or https:// address");
  }
  return text.replace(/\/+$/, "");
}

function parseLogLevel(text: string | undefined): LogLevel {
  if (text === undefined) return "warn";
  const level = logLevels.find((candidate) => candidate === text.toLowerCase());
  if (level === undefined) throw new SettingError("LOG_LEVEL", text, `give one of ${logLevels.join(", ")}`);
  return level;
}
