import type { z } from "@hono/zod-openapi";
import { createdApiKey, keyAllowanceExample } from "../keys/examples.js";
import type {
  CreatedInvite,
  CreateInviteBody,
  InvitationView,
  InviteList,
  InviteView,
  JoinBody,
  joined as joinedSchema,
  joining as joiningSchema,
} from "./schemas.js";

const consentText = "The token is my own.\nRequests of the whole team may be sent with it.";

const openInvite: InviteView = {
  id: "inv_01KB6M3T7Z8W2Q4R",
  name: "bob",
  status: "open",
  created_at: "2026-05-10T09:00:00.000Z",
  created_by: "ada",
  expires_at: "2026-05-17T09:00:00.000Z",
  own_seat_first: true,
  key: { ...keyAllowanceExample, expires_at: null, team_id: null },
  joined_at: null,
  left_at: null,
  token_id: null,
  key_id: null,
  consent: null,
};

export const inviteList: InviteList = {
  invites: [
    {
      ...openInvite,
      status: "joined",
      joined_at: "2026-05-10T10:00:00.000Z",
      token_id: "tok_01KB6M3T7Z8W2Q4S",
      key_id: "key_01KB6M3T7Z8W2Q4S",
      consent: { at: "2026-05-10T10:00:00.000Z", text: consentText },
    },
  ],
};

export const createInviteBody: CreateInviteBody = {
  name: "bob",
  expires_in_hours: 168,
  key: { allowed_models: ["gpt-5*"], limit_period: "month" },
};

export const createdInvite: CreatedInvite = {
  ...openInvite,
  link: "https://copilot.example.com/join/Vb2w5n8y1x4z7q3JpT0m",
};

export const invitation: InvitationView = {
  name: "bob",
  invited_by: "ada",
  expires_at: "2026-05-17T09:00:00.000Z",
  own_seat_first: true,
  consent_text: consentText,
  device_flow: false,
};

export const joinBody: JoinBody = {
  method: "paste",
  consent_text: consentText,
  token: "github_pat_11AAAAAAA0example",
};

export const joined: z.infer<typeof joinedSchema> = { status: "complete", key: createdApiKey };

export const joining: z.infer<typeof joiningSchema> = {
  status: "pending",
  id: "dev_01KB6M3T7Z8W2Q4R",
  user_code: "8F43-6FCF",
  verification_uri: "https://github.com/login/device",
  expires_at: "2026-05-10T10:15:00.000Z",
  interval: 5,
};
