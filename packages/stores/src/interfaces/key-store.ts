import type { ApiKey } from "@copilot-llm/model";
import type { Audited } from "./audited.js";
import type { Edit } from "./edit.js";

/** Managed keys, by hash. */
export interface KeyStore {
  /**
   * By its present hash, or by the one that it replaced, however long ago. On the path of every request: answers from
   * memory or one indexed look-up.
   */
  findByHash(keyHash: string): Promise<ApiKey | null>;
  find(id: string): Promise<ApiKey | null>;
  /** In order of creation. */
  list(): Promise<readonly ApiKey[]>;
  /** Throws `conflict` when the id, the hash or the alias (compared without case) is taken, or its team is not there. */
  create(key: ApiKey, audited: Audited<ApiKey>): Promise<void>;
  /** Throws `not_found`, or `conflict` as `create` does, for a team that changes. A changed hash ends the old key at once (rotation). */
  update(id: string, edit: Edit<ApiKey>, audited: Audited<ApiKey>): Promise<ApiKey>;
  /** True for exactly one caller. `audited` is given what was there. */
  remove(id: string, audited: Audited<ApiKey>): Promise<boolean>;
}
