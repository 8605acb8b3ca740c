import type { Invite } from "@copilot-llm/model";
import type { Audited } from "./audited.js";
import type { Edit } from "./edit.js";

export interface InviteStore {
  findByHash(codeHash: string): Promise<Invite | null>;
  /** In order of creation. */
  list(): Promise<readonly Invite[]>;
  /** Throws `conflict` when the id or the hash is taken, or when it is open and its team is not there. */
  create(invite: Invite, audited: Audited<Invite>): Promise<void>;
  /** Throws `not_found`, or `conflict` when it is open and its team is not there. Of parallel edits each sees what the one before it left. */
  update(id: string, edit: Edit<Invite>, audited: Audited<Invite>): Promise<Invite>;
  /** True for exactly one caller. */
  remove(id: string, audited: Audited<Invite>): Promise<boolean>;
}
