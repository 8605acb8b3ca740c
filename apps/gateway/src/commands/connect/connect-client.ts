import {
  type Client,
  type Connection,
  type ConnectModel,
  clients,
  createConnection,
  decodeConnectModels,
  findClient,
  type OperatingSystem,
} from "@copilot-llm/connect";
import { GatewayError } from "@copilot-llm/model";
import type { CommandContext } from "../command-context.js";
import type { CommandResult } from "../command-result.js";
import { fetchAnswer } from "../fetch-answer.js";
import { gatewayUrlOf } from "../gateway-url.js";
import { encodeTable } from "../table.js";
import { UsageError } from "../usage-error.js";
import { describeConnection } from "./describe-connection.js";
import { encodeConnection } from "./encode-connection.js";
import { describeWrittenFile, type WrittenFile, writeFiles } from "./write-files.js";

export interface ConnectOptions {
  readonly url?: string;
  /** `-` reads it from standard input. */
  readonly key?: string;
  readonly model?: string;
  readonly fastModel?: string;
  readonly system?: OperatingSystem;
  readonly write: boolean;
}

const standInKey = "YOUR_KEY";

/** Prints how a client is pointed at the gateway; with `write` its settings files are changed as well. Without a client: which there are. */
export async function connectClient(
  clientId: string | undefined,
  options: ConnectOptions,
  context: CommandContext,
): Promise<CommandResult> {
  if (clientId === undefined) return listClients();
  const client = requireClient(clientId);
  const origin = gatewayUrlOf(options.url, context);
  const key = await readKey(options, context);
  if (options.write && key === null) {
    throw new GatewayError("invalid_request", "A key is needed: give --key, or set COPILOT_LLM_KEY.");
  }
  const models = key === null ? [] : await readModels(origin, key, context);
  const chosen = {
    ...(options.model === undefined ? {} : { main: options.model }),
    ...(options.fastModel === undefined ? {} : { fast: options.fastModel }),
  };
  const connection = createConnection(client, { origin, key: key ?? standInKey, models, chosen });
  const system = options.system ?? context.system;
  const written = options.write ? await write(connection, key ?? "", context) : [];
  return {
    text: options.write
      ? written
          .map(describeWrittenFile)
          .concat(describeConnection(connection, system, "written"))
          .join("\n")
      : describeConnection(connection, system, "printed"),
    json: encodeConnection(connection, origin, system, written),
  };
}

function listClients(): CommandResult {
  return {
    text: `${encodeTable(
      ["client", "what it is"],
      clients.map(({ id, name }) => [id, name]),
    )}\n\ncopilot-llm connect CLIENT prints what it needs; --write changes its settings file.`,
    json: { clients: clients.map(({ id, name, kind }) => ({ id, name, kind })) },
  };
}

function requireClient(id: string): Client {
  const client = findClient(id);
  if (client !== null) return client;
  throw new UsageError(
    `there is no client ${JSON.stringify(id)}; there are ${clients.map((each) => each.id).join(", ")}`,
  );
}

async function readKey({ key }: ConnectOptions, { environment, readInput }: CommandContext): Promise<string | null> {
  const given = key === "-" ? await readInput() : (key ?? environment.COPILOT_LLM_KEY ?? "");
  return given.trim() === "" ? null : given.trim();
}

/** The models that the key may use. A gateway that does not answer is no reason to say nothing: the names are then not checked. */
async function readModels(origin: string, key: string, { report }: CommandContext): Promise<readonly ConnectModel[]> {
  const response = await fetchAnswer(`${origin}/openai/v1/models`, {
    headers: { authorization: `Bearer ${key}` },
  }).catch(() => null);
  if (response === null) {
    report(`The gateway at ${origin} does not answer: models are not checked.\n`);
    return [];
  }
  if (response.status === 401 || response.status === 403) {
    throw new GatewayError("unauthenticated", `The gateway at ${origin} refuses this key (${response.status}).`);
  }
  if (response.ok) return decodeConnectModels(await response.json().catch(() => null));
  report(`The gateway at ${origin} answers ${response.status} for its models: they are not checked.\n`);
  return [];
}

function write(connection: Connection, key: string, context: CommandContext): Promise<readonly WrittenFile[]> {
  const isPossible = connection.places.some(({ kind, isAlternative }) => kind === "file" && !isAlternative);
  if (isPossible) return writeFiles(connection, key, context);
  throw new GatewayError(
    "invalid_request",
    `${connection.clientName} has no settings file to write: do what \`copilot-llm connect ${connection.clientId}\` prints.`,
  );
}
