/** Every sentence that this package says, in English, by its key. Other languages bring a table with the same keys. */
export const englishNotes = {
  "models.unknown": "No model is known yet: put one of the gateway's in the place of MODEL_ID.",
  "models.none-fits": "This key may use no model that {client} can work with.",
  "models.not-allowed": "This key may not use {model}.",
  "models.all-translated":
    "None of this key's models speaks {client}'s own protocol. That works: the gateway translates in both directions.",

  "title.key": "The key, where the client looks for it",
  "title.every-session": "Instead, for the current shell only",
  "title.code": "Or in the program itself",
  "title.extension": "In the VS Code extension",
  "title.command-line": "With the command line",

  "refusal.claude-code":
    "A used-up limit ends the turn at once with the gateway's words. A rate limit is waited for; one of more than a minute is told at once.",
  "refusal.codex":
    "A used-up limit is told after about 7 seconds and 6 tries. A rate limit is waited for in silence, however long.",
  "refusal.copilot":
    "A used-up limit ends the turn at once with the gateway's words. A rate limit is waited for; a long one is told at once.",
  "refusal.opencode":
    "A used-up limit ends the turn at once with the gateway's words. A rate limit is waited for in silence, however long.",
  "refusal.qwen":
    "A used-up limit ends the turn at once with the gateway's words. A rate limit is waited for in silence. An error in the middle of an answer ends the run.",
  "refusal.openai-sdk":
    "A used-up limit throws at once (402, an APIError). Rate limits and 5xx are tried again twice, after the time that `retry-after` tells.",
  "refusal.anthropic-sdk":
    "A used-up limit throws at once (402). Rate limits and 5xx are tried again twice, after the time that `retry-after` tells.",
  "refusal.ai-sdk":
    "Throws an APICallError with `statusCode`; 429 and 5xx are tried again twice, a used-up limit (402) is not.",
  "refusal.shows": "Shows the gateway's own words: 402 for a used-up limit, 429 with `retry-after` for a rate limit.",
  "refusal.mcp": "Comes back as the tool's error, in the gateway's own words.",
  "refusal.litellm":
    "Passes the gateway's status and words on. Its own retries and cool-downs come on top: keep `num_retries` low.",

  "undo.entries": "Take the entries above out again, or put back the copy that `copilot-llm connect --write` kept.",
  "undo.variables": "Unset the variables.",
  "undo.form": "Empty the fields again, or switch the provider.",
  "undo.code": "Take the address and the key out again: the library then uses its maker's own service.",
  "undo.connection": "Remove the connection.",
  "undo.codex": "Take `model_provider` and the provider's table out again: Codex then uses OpenAI's own service.",
  "undo.nothing": "Nothing was changed.",
  "undo.restore-copy":
    "Take the entries out again, or put back the copy that `copilot-llm connect --write` kept, and sign in as before.",

  "origin.loopback": "{client} calls from another machine: {origin} is this machine's own address there.",
  "origin.plain": "{client} sends the key over the network unencrypted to {origin}: put the gateway behind TLS.",
  "note.claude-code-names":
    "Claude Code says once that it does not know a model's name. The names for opus, sonnet and haiku are those that its subagents ask for.",
  "note.claude-code-web": "Web search runs at Anthropic, not at Copilot: searches find nothing.",
  "note.claude-code-login": "The token wins over a sign-in with a Claude account while it is set.",
  "note.codex-offline":
    "`[analytics] enabled = false` and `[features] plugins = false, apps = false` keep it from calling anything but the gateway.",
  "note.codex-web": "Hosted web search is left out.",
  "note.opencode-title": "The first request of a session is for its title: it goes to the small model.",
  "note.copilot-wire": "The variables fit the chosen model's own protocol; for another model make them anew.",
  "note.cline-window": "Give the model's context window under Model Configuration too: Cline compacts by it.",
  "note.cursor-servers":
    "Cursor's own servers call the gateway: it must be reachable from the internet. Tab completion stays with Cursor, and the address applies to all OpenAI models.",
  "note.zed-key":
    "Zed keeps keys in the system's keychain: enter it once under Agent Settings, or start Zed with the variable.",
  "note.desktop-restart": "Restart Claude Desktop. Where `npx` is not found, give its whole path.",
  "note.desktop-remote": "Claude Desktop starts local programs only; `mcp-remote` carries the calls to the gateway.",
  "note.responses-history":
    "`previous_response_id` works while the gateway has the answer on record: not with recording `metadata` or `off`.",
  "note.batches": "Batches run on quota to spare, within a day, once an admin has turned them on.",
  "note.embeddings": "Embeddings: `OpenAIEmbeddings` with the same address; token arrays are understood.",
  "note.open-webui-title":
    "Choose a free model under Interface > Tasks: titles and tags are made by the chat's own otherwise.",
  "note.container-origin":
    "From a container the gateway is not at 127.0.0.1: use its name on the network, or host.docker.internal.",
} as const;

export type NoteKey = keyof typeof englishNotes;
