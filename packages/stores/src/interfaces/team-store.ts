import type { Team } from "@copilot-llm/model";
import type { Audited } from "./audited.js";
import type { Edit } from "./edit.js";

export interface TeamStore {
  /** On the path of requests: from memory, or one indexed look-up. */
  find(id: string): Promise<Team | null>;
  /** In order of creation. */
  list(): Promise<readonly Team[]>;
  /** Throws `conflict` when the id or the name (compared without case) is taken. */
  create(team: Team, audited: Audited<Team>): Promise<void>;
  /** Throws `not_found`, or `conflict` as `create` does. */
  update(id: string, edit: Edit<Team>, audited: Audited<Team>): Promise<Team>;
  /**
   * True for exactly one caller. Throws `conflict` while a key is in it or an open invitation (neither joined by nor
   * expired) leads into it. Atomic: whatever happens in parallel, nothing comes to name a team that is gone.
   */
  remove(id: string, audited: Audited<Team>): Promise<boolean>;
}
