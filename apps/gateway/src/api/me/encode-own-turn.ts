import type { SessionTurnView } from "../sessions/turn-schemas.js";
import type { OwnTurn } from "./schemas.js";

/** A turn as its key's holder may see it: whose tokens were tried is left out. */
export function encodeOwnTurn({ request, ...turn }: SessionTurnView): OwnTurn {
  const {
    token_id: _token,
    token_alias: _tokenAlias,
    key_id: _key,
    key_alias: _keyAlias,
    attempts: _attempts,
    ...own
  } = request;
  return { ...turn, request: own };
}
