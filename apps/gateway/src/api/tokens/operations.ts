import * as bulkExamples from "../route/bulk-examples.js";
import { bulkBody, bulkResult } from "../route/bulk-schemas.js";
import { idParam } from "../route/fields.js";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import {
  createGithubTokenBody,
  githubTokenList,
  githubTokenQuota,
  githubTokenQuotas,
  githubTokenView,
  updateGithubTokenBody,
} from "./schemas.js";

const root = "/api/admin/github-tokens";

export const listGithubTokens = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listGithubTokens",
  summary: "List the GitHub tokens",
  description:
    "Lists every pooled token with its state, its account and its premium quota as last seen. Secrets are masked.",
  responses: {
    200: json(githubTokenList, "Every token, in the order in which they were added.", examples.githubTokenList),
  },
});

export const listGithubTokenQuotas = operation({
  method: "get",
  path: `${root}/quotas`,
  "x-access": "user",
  operationId: "listGithubTokenQuotas",
  summary: "List the quotas of all GitHub tokens",
  description: "Lists every quota bucket of every token as GitHub last reported it, without asking GitHub.",
  responses: { 200: json(githubTokenQuotas, "The quotas, token by token.", examples.githubTokenQuotas) },
});

export const getGithubToken = operation({
  method: "get",
  path: `${root}/{id}`,
  "x-access": "user",
  operationId: "getGithubToken",
  summary: "Get a GitHub token",
  description: "Gets one pooled token with its state, its account and its premium quota as last seen.",
  request: idParam,
  responses: { 200: json(githubTokenView, "The token.", examples.githubTokenView) },
});

export const createGithubToken = operation({
  method: "post",
  path: root,
  "x-access": "admin",
  operationId: "createGithubToken",
  summary: "Add a GitHub token",
  description:
    "Stores a pasted token or a GitHub App installation and checks it with GitHub. A token that GitHub refuses is kept all the same: look at `status` and `error_message`.",
  request: jsonBody(
    createGithubTokenBody,
    "A pasted token, or an installation of a GitHub App.",
    examples.createGithubTokenBody,
  ),
  responses: { 201: json(githubTokenView, "The token, as GitHub judged it.", examples.githubTokenView) },
  "x-errors": ["conflict"],
});

export const updateGithubToken = operation({
  method: "patch",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "updateGithubToken",
  summary: "Change a GitHub token",
  description:
    "Changes the fields that the body names and keeps all others. A new `token` or `private_key` replaces the secret and is checked with GitHub at once.",
  request: { ...idParam, ...jsonBody(updateGithubTokenBody, "The fields to change.", examples.updateGithubTokenBody) },
  responses: { 200: json(githubTokenView, "The token after the change.", examples.githubTokenView) },
  "x-errors": ["conflict"],
});

export const putGithubToken = operation({
  ...updateGithubToken,
  method: "put",
  operationId: "putGithubToken",
  summary: "Change a GitHub token (alias of PATCH)",
});

export const deleteGithubToken = operation({
  method: "delete",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "deleteGithubToken",
  summary: "Delete a GitHub token",
  description:
    "Takes the token out of the pool and deletes it. Requests that it is serving finish; usage and records stay.",
  request: idParam,
  responses: { 204: { description: "The token is deleted." } },
});

export const changeGithubTokens = operation({
  method: "post",
  path: `${root}/bulk`,
  "x-access": "admin",
  operationId: "changeGithubTokens",
  summary: "Enable, disable or delete many GitHub tokens",
  description:
    "Applies the action to each token, one after the other. A token that cannot be changed does not stop the rest.",
  request: jsonBody(bulkBody, "The action, and the tokens' ids.", bulkExamples.bulkBody),
  responses: { 200: json(bulkResult, "How many tokens were changed, and which were not.", bulkExamples.bulkResult) },
});

export const checkGithubTokens = operation({
  method: "post",
  path: `${root}/check-all`,
  "x-access": "admin",
  operationId: "checkGithubTokens",
  summary: "Check all GitHub tokens",
  description:
    "Checks every enabled token with GitHub, a few at a time. After 20 seconds it answers with what is known by then; the rest go on being checked.",
  responses: { 200: json(githubTokenList, "Every token, as GitHub judges it now.", examples.githubTokenList) },
});

export const toggleGithubToken = operation({
  method: "post",
  path: `${root}/{id}/toggle`,
  "x-access": "admin",
  operationId: "toggleGithubToken",
  summary: "Enable or disable a GitHub token",
  description: "Disables an enabled token and enables a disabled one. A disabled token serves no requests.",
  request: idParam,
  responses: { 200: json(githubTokenView, "The token after the change.", examples.githubTokenView) },
});

export const checkGithubToken = operation({
  method: "post",
  path: `${root}/{id}/check`,
  "x-access": "admin",
  operationId: "checkGithubToken",
  summary: "Check a GitHub token",
  description:
    "Signs in to GitHub with the token and reads its models and quota. After 20 seconds it answers with what is known by then.",
  request: idParam,
  responses: { 200: json(githubTokenView, "The token, as GitHub judges it now.", examples.githubTokenView) },
});

export const getGithubTokenQuota = operation({
  method: "get",
  path: `${root}/{id}/quota`,
  "x-access": "user",
  operationId: "getGithubTokenQuota",
  summary: "Get a GitHub token's quota",
  description: "Asks GitHub for the token's quota now.",
  request: idParam,
  responses: { 200: json(githubTokenQuota, "Every quota bucket of the token.", examples.githubTokenQuota) },
  "x-errors": ["upstream_error"],
});
