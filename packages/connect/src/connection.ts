import type { Wire } from "@copilot-llm/model";
import type { ModelNeed } from "./models/choose-model.js";
import type { ConnectModel } from "./models/connect-model.js";
import type { Note } from "./note.js";
import type { Place, ShellTexts } from "./place.js";

export type RoleId = "main" | "fast";

/** A model that the client asks for by a setting of its own. */
export interface ModelRole extends ModelNeed {
  readonly id: RoleId;
}

/** What the caller knows: where the gateway is, who asks, and which models the key may use. */
export interface ConnectInput {
  /** The gateway's address as the client will call it, without a slash at the end. */
  readonly origin: string;
  /** The managed key, or what stands for it. */
  readonly key: string;
  /** Empty: not known. */
  readonly models: readonly ConnectModel[];
  /** Models that the person chose; for other roles the best that fits. */
  readonly chosen?: Readonly<Partial<Record<RoleId, string>>>;
}

/** The same with the models decided: what a client's own part builds from. */
export interface ResolvedInput extends ConnectInput {
  /** The model of the role, `MODEL_ID` where none is known. For a role that the client does not have: the main one's. */
  readonly modelFor: (role: RoleId) => string;
  /** What is known of the model in the role. */
  readonly detailsFor: (role: RoleId) => ConnectModel | null;
  /** All that do for the main role, best first. */
  readonly fitting: readonly ConnectModel[];
}

export type ClientKind = "agent" | "editor" | "library" | "service" | "mcp" | "shell";

/** How one client is pointed at the gateway. */
export interface Client {
  readonly id: string;
  /** As its makers write it. */
  readonly name: string;
  readonly kind: ClientKind;
  /** What it speaks, the usual one first; empty for MCP. */
  readonly wires: readonly Wire[];
  readonly roles: readonly ModelRole[];
  /** What it does when the gateway refuses. */
  readonly onRefusal: Note;
  readonly build: (input: ResolvedInput) => ConnectionParts;
}

export interface ConnectionParts {
  readonly places: readonly Place[];
  /** What shows that it works. */
  readonly verify: ShellTexts | null;
  readonly undo: Note;
  /** Good to know. */
  readonly notes?: readonly Note[];
  /** What stands in the way as things are. */
  readonly problems?: readonly Note[];
}

/** Everything that a person needs to point one client at the gateway. */
export interface Connection {
  readonly clientId: string;
  readonly clientName: string;
  readonly models: Readonly<Partial<Record<RoleId, string>>>;
  readonly places: readonly Place[];
  readonly verify: ShellTexts | null;
  readonly undo: Note;
  readonly onRefusal: Note;
  readonly notes: readonly Note[];
  readonly problems: readonly Note[];
}
