import { GatewayError } from "@copilot-llm/model";

/** Refuses to remove a team: whoever was in it would lose its limits without a word. */
export function createTeamInUse(by: "keys" | "invites"): GatewayError {
  const message =
    by === "keys"
      ? "There are keys in this team. Take them out first."
      : "There are open invitations into this team. Take them back first.";
  return new GatewayError("conflict", message);
}

/** Refuses what would be in a team that is not there, or is just being removed. */
export function createMissingTeam(): GatewayError {
  return new GatewayError("conflict", "There is no such team any more.");
}
