import { z } from "@hono/zod-openapi";
import { createdApiKey, keyAllowance } from "../keys/schemas.js";
import { closedObject } from "../route/closed-object.js";
import { alias, anyTime, id, nullableTime, time } from "../route/fields.js";

const invitedKey = {
  ...keyAllowance,
  expires_at: anyTime.nullable().describe("When the key stops working; null for never."),
  team_id: z.string().nullable().describe("The team whose limits hold as well; null for none."),
};

export const createInviteBody = closedObject({
  name: alias.describe("Whom it is for: what their token and their key will be called."),
  expires_in_hours: z
    .number()
    .positive()
    .max(30 * 24)
    .default(7 * 24)
    .describe("How long the link works."),
  own_seat_first: z
    .boolean()
    .default(true)
    .describe("Whether their own requests go to their own seat first, as long as it can serve them."),
  key: closedObject(invitedKey).partial().default({}).describe("What their key may do. Nothing is left to defaults."),
}).openapi("CreateInvite");

const consent = z.object({ at: time, text: z.string() });

export const inviteView = z
  .object({
    id: z.string(),
    name: z.string(),
    status: z.enum(["open", "expired", "joined", "left"]),
    created_at: time,
    created_by: z.string(),
    expires_at: time,
    own_seat_first: z.boolean(),
    key: z.object({ ...invitedKey, expires_at: nullableTime }),
    joined_at: nullableTime,
    left_at: nullableTime,
    token_id: z.string().nullable(),
    key_id: z.string().nullable(),
    consent: consent.nullable().describe("What its person agreed to, and when."),
  })
  .openapi("Invite");

export const inviteList = z.object({ invites: z.array(inviteView) }).openapi("InviteList");

export const createdInvite = inviteView
  .extend({ link: z.string().describe("To be given to its person. Shown this once.") })
  .openapi("CreatedInvite");

export const codeParam = { params: z.object({ code: id }) };
export const flowParam = { params: z.object({ code: id, id }) };

export const invitation = z
  .object({
    name: z.string(),
    invited_by: z.string(),
    expires_at: time,
    own_seat_first: z.boolean(),
    consent_text: z.string().describe("What whoever joins agrees to, a sentence a line."),
    device_flow: z.boolean().describe("Whether joining without pasting a token is set up."),
  })
  .openapi("Invitation");

const consentText = z.string().describe("`consent_text` as it was shown: joining says that its person agrees to it.");

export const joinBody = z
  .discriminatedUnion("method", [
    closedObject({
      method: z.literal("paste"),
      consent_text: consentText,
      token: z.string().trim().min(1).describe("Their own GitHub token."),
    }),
    closedObject({ method: z.literal("device"), consent_text: consentText }),
  ])
  .openapi("Join");

export const joined = z
  .object({ status: z.literal("complete"), key: createdApiKey.describe("Their key. Its value is shown this once.") })
  .openapi("Joined");

export const joining = z
  .object({
    status: z.literal("pending"),
    id: z.string(),
    user_code: z.string(),
    verification_uri: z.string(),
    expires_at: time,
    interval: z.number().describe("Seconds to wait between questions."),
  })
  .openapi("Joining");

const joinFailed = z
  .object({ status: z.enum(["expired", "denied", "failed"]), error_message: z.string() })
  .openapi("JoinFailed");

export const joinState = z.union([joined, joining, joinFailed]).openapi("JoinState");

export type CreateInviteBody = z.input<typeof createInviteBody>;
export type InviteView = z.infer<typeof inviteView>;
export type InviteList = z.infer<typeof inviteList>;
export type CreatedInvite = z.infer<typeof createdInvite>;
export type InvitationView = z.infer<typeof invitation>;
export type JoinBody = z.input<typeof joinBody>;
export type JoinState = z.infer<typeof joinState>;
