import type { GithubToken } from "@copilot-llm/model";
import type { Edit } from "./edit.js";

/** Pooled GitHub tokens. Secrets are encrypted at rest and come back as `Secret`. */
export interface TokenStore {
  /** In order of creation. */
  list(): Promise<readonly GithubToken[]>;
  find(id: string): Promise<GithubToken | null>;
  /** Throws `conflict` when the id, the alias (compared without case) or the same secret is there already. */
  create(token: GithubToken): Promise<void>;
  /** Throws `not_found`, or `conflict` as `create` does. */
  update(id: string, edit: Edit<GithubToken>): Promise<GithubToken>;
  /** True for exactly one caller. */
  remove(id: string): Promise<boolean>;
}
