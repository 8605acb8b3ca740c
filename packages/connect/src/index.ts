// How each client is pointed at a gateway: what goes where, which models fit, what to expect. Pure, for browsers too.
// Files are changed by `./merge`. Nothing here reads or writes anything.
export { clients, findClient } from "./clients/clients.js";
export type {
  Client,
  ClientKind,
  ConnectInput,
  Connection,
  ModelRole,
  RoleId,
} from "./connection.js";
export { createConnection } from "./create-connection.js";
export { englishNotes, type NoteKey } from "./english-notes.js";
export { fittingModels, type ModelNeed } from "./models/choose-model.js";
export type { ConnectModel, ModelCost } from "./models/connect-model.js";
export { decodeConnectModels } from "./models/decode-connect-models.js";
export { encodeNote, type Note } from "./note.js";
export {
  type CodePlace,
  type CommandPlace,
  type EnvironmentPlace,
  type FileDirectory,
  type FilePlace,
  type FormPlace,
  type OperatingSystem,
  operatingSystems,
  type Place,
  type SettingsLanguage,
  type ShellTexts,
} from "./place.js";
export { type PathsInput, resolvePaths } from "./resolve-paths.js";
export type { SettingsChange } from "./settings-change.js";
