import type { GithubToken } from "@copilot-llm/model";
import type { Audited } from "./audited.js";
import type { Edit } from "./edit.js";

/** Pooled GitHub tokens. Secrets are encrypted at rest and come back as `Secret`. */
export interface TokenStore {
  /** In order of creation. */
  list(): Promise<readonly GithubToken[]>;
  find(id: string): Promise<GithubToken | null>;
  /** Throws `conflict` when the id, the alias (compared without case) or the same secret is there already. */
  create(token: GithubToken, audited: Audited<GithubToken>): Promise<void>;
  /** Throws `not_found`, or `conflict` as `create` does. */
  update(id: string, edit: Edit<GithubToken>, audited: Audited<GithubToken>): Promise<GithubToken>;
  /** True for exactly one caller. `audited` is given what was there. */
  remove(id: string, audited: Audited<GithubToken>): Promise<boolean>;
}
