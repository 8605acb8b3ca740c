import type { User } from "@copilot-llm/model";
import { encodeTime } from "../../http/encode-time.js";
import type { UserView } from "./schemas.js";

export function encodeUser({ id, username, role, createdAtMs }: User): UserView {
  return { id, username, role, created_at: encodeTime(createdAtMs) };
}
