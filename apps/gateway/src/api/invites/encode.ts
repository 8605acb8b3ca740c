import type { Invite } from "@copilot-llm/model";
import type { DeviceSignIn, InviteStatus } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import { encodeAllowance } from "../keys/encode.js";
import type { InviteView } from "./schemas.js";

export function encodeInvite(invite: Invite, status: InviteStatus): InviteView {
  const { key, joined } = invite;
  return {
    id: invite.id,
    name: invite.name,
    status,
    created_at: encodeTime(invite.createdAtMs),
    created_by: invite.createdBy,
    expires_at: encodeTime(invite.expiresAtMs),
    own_seat_first: invite.servesOwnerFirst,
    key: { ...encodeAllowance(key), expires_at: encodeNullableTime(key.expiresAtMs), team_id: key.teamId },
    joined_at: encodeNullableTime(joined?.atMs ?? null),
    left_at: encodeNullableTime(joined?.leftAtMs ?? null),
    token_id: joined?.tokenId ?? null,
    key_id: joined?.keyId ?? null,
    consent: joined === null ? null : { at: encodeTime(joined.atMs), text: joined.text },
  };
}

export function encodeJoining({ id, userCode, verificationUri, expiresAtMs, intervalMs }: DeviceSignIn) {
  return {
    status: "pending" as const,
    id,
    user_code: userCode,
    verification_uri: verificationUri,
    expires_at: encodeTime(expiresAtMs),
    interval: intervalMs / 1_000,
  };
}
