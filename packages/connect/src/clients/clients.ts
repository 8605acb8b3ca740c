import type { Client } from "../connection.js";
import { anthropicPython, anthropicTypescript } from "./anthropic-sdks.js";
import { claudeCode } from "./claude-code.js";
import { claudeDesktopHttp, claudeDesktopStdio } from "./claude-desktop.js";
import { cline } from "./cline.js";
import { codex } from "./codex.js";
import { continueDev } from "./continue.js";
import { copilot } from "./copilot.js";
import { cursor } from "./cursor.js";
import { aiSdk, langchain, llamaindex } from "./frameworks.js";
import { openaiPython, openaiTypescript } from "./openai-sdks.js";
import { opencode } from "./opencode.js";
import { qwen } from "./qwen.js";
import { litellm, openWebui } from "./services.js";
import { curl, environment } from "./shells.js";
import { zed } from "./zed.js";

/** Every client that is known, in the order in which people look for them. Ids are stable: links and scripts name them. */
export const clients: readonly Client[] = [
  claudeCode,
  codex,
  opencode,
  copilot,
  qwen,
  cline,
  continueDev,
  cursor,
  zed,
  openaiPython,
  openaiTypescript,
  anthropicPython,
  anthropicTypescript,
  aiSdk,
  langchain,
  llamaindex,
  litellm,
  openWebui,
  claudeDesktopStdio,
  claudeDesktopHttp,
  curl,
  environment,
];

/** The client of that id; null when there is none. */
export function findClient(id: string): Client | null {
  return clients.find((client) => client.id === id) ?? null;
}
