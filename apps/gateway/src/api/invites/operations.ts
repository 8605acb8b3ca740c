import { idParam } from "../route/fields.js";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import {
  codeParam,
  createdInvite,
  createInviteBody,
  flowParam,
  invitation,
  inviteList,
  joinBody,
  joined,
  joining,
  joinState,
} from "./schemas.js";

const root = "/api/admin/invites";

export const listInvites = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listInvites",
  summary: "List the invitations",
  description:
    "Lists every invitation, who joined by it, and what they agreed to and when. Links are never shown again.",
  responses: { 200: json(inviteList, "Every invitation, in the order in which they were made.", examples.inviteList) },
});

export const createInvite = operation({
  method: "post",
  path: root,
  "x-access": "admin",
  operationId: "createInvite",
  summary: "Invite somebody to bring their seat",
  description:
    "Makes a link by which one person adds their own GitHub token and gets a key, without an admin ever seeing the token. It works once.",
  request: jsonBody(createInviteBody, "Whom to invite, and what their key may do.", examples.createInviteBody),
  responses: { 201: json(createdInvite, "The invitation. `link` is shown this once only.", examples.createdInvite) },
  "x-errors": ["conflict"],
});

export const deleteInvite = operation({
  method: "delete",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "deleteInvite",
  summary: "Take an invitation back",
  description: "The link opens nothing from now on. The seat and the key of whoever joined by it stay.",
  request: idParam,
  responses: { 204: { description: "The invitation is gone." } },
});

export const openJoinPage = operation({
  method: "get",
  path: "/join/{code}",
  "x-access": "public",
  operationId: "openJoinPage",
  summary: "Open an invitation in the console",
  description: "Leads a browser to the console's page for this invitation.",
  request: codeParam,
  responses: { 302: { description: "To the page." } },
});

export const getInvitation = operation({
  method: "get",
  path: "/api/join/{code}",
  "x-access": "public",
  operationId: "getInvitation",
  summary: "Look at an invitation",
  description: "Says who invites whom, and what whoever joins agrees to.",
  request: codeParam,
  responses: { 200: json(invitation, "The invitation, which can be used.", examples.invitation) },
  "x-errors": ["conflict"],
});

export const join = operation({
  method: "post",
  path: "/api/join/{code}",
  "x-access": "public",
  operationId: "join",
  summary: "Join with one's own seat",
  description:
    "Adds the person's own GitHub token, once GitHub has accepted it, and gives them a key; or starts GitHub's device flow, in which they type a code at GitHub. What they agree to goes on the audit trail.",
  request: {
    ...codeParam,
    ...jsonBody(joinBody, "Their consent, and their token unless they use the device flow.", examples.joinBody),
  },
  responses: {
    201: json(joined, "They are in. The key's value is shown this once.", examples.joined),
    202: json(joining, "The code to type at GitHub.", examples.joining),
  },
  "x-errors": ["conflict", "upstream_error"],
});

export const getJoining = operation({
  method: "get",
  path: "/api/join/{code}/device/{id}",
  "x-access": "public",
  operationId: "getJoining",
  summary: "Ask how joining by device flow stands",
  description:
    "Once its person has typed the code at GitHub, the first answer to this brings the key, and no later one.",
  request: flowParam,
  responses: { 200: json(joinState, "How it stands.", examples.joining) },
  "x-errors": ["conflict"],
});

export const leaveSeat = operation({
  method: "delete",
  path: "/api/me/seat",
  "x-access": "key",
  operationId: "leaveSeat",
  summary: "Take one's own seat out of the pool",
  description:
    "With the key that joining gave: erases the seat's GitHub token at once and ends the key. Requests under way on the seat finish.",
  responses: { 204: { description: "The token is erased." } },
  "x-errors": ["not_found"],
});
