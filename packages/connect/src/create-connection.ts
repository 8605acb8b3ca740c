import type { Client, ConnectInput, Connection, ModelRole, RoleId } from "./connection.js";
import { fittingModels } from "./models/choose-model.js";
import type { ConnectModel } from "./models/connect-model.js";
import { createNote, type Note } from "./note.js";

/** Where a name must be filled in by hand because no model is known. */
const unknownModel = "MODEL_ID";

/** How this client is pointed at this gateway. */
export function createConnection(client: Client, input: ConnectInput): Connection {
  const main = client.roles.find(({ id }) => id === "main");
  const fitting = main === undefined ? [] : fittingModels(input.models, main);
  const models = Object.fromEntries(client.roles.map((role) => [role.id, modelOf(role, input)]));
  const modelFor = (role: RoleId): string => models[role] ?? models.main ?? unknownModel;
  const detailsFor = (role: RoleId): ConnectModel | null =>
    input.models.find(({ id }) => id === modelFor(role)) ?? null;
  const { notes = [], problems = [], ...parts } = client.build({ ...input, modelFor, detailsFor, fitting });
  return {
    clientId: client.id,
    clientName: client.name,
    models,
    onRefusal: client.onRefusal,
    notes,
    ...parts,
    problems: [...modelProblems(client, input, fitting), ...problems],
  };
}

function modelOf(role: ModelRole, { models, chosen }: ConnectInput): string {
  return chosen?.[role.id] ?? fittingModels(models, role)[0]?.id ?? chosen?.main ?? unknownModel;
}

function modelProblems(client: Client, { models, chosen }: ConnectInput, fitting: readonly ConnectModel[]): Note[] {
  if (client.roles.length === 0) return [];
  if (models.length === 0) return chosen?.main === undefined ? [createNote("models.unknown")] : [];
  const refused = Object.values(chosen ?? {}).filter((id) => !models.some((model) => model.id === id));
  const notAllowed = refused.map((model) => createNote("models.not-allowed", { model }));
  if (fitting.length === 0) return [...notAllowed, createNote("models.none-fits", { client: client.name })];
  const isNative = fitting.some(({ wires }) => wires.some((wire) => client.wires.includes(wire)));
  return isNative ? notAllowed : [...notAllowed, createNote("models.all-translated", { client: client.name })];
}
