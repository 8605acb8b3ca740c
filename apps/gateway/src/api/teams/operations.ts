import { idParam } from "../route/fields.js";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { createTeamBody, teamList, teamView, updateTeamBody } from "./schemas.js";

const root = "/api/admin/teams";

export const listTeams = operation({
  method: "get",
  path: root,
  "x-access": "user",
  operationId: "listTeams",
  summary: "List the teams",
  description: "Lists every team with its limits, its keys, and what they have used together in its current period.",
  responses: { 200: json(teamList, "Every team, in the order in which they were made.", examples.teamList) },
});

export const createTeam = operation({
  method: "post",
  path: root,
  "x-access": "admin",
  operationId: "createTeam",
  summary: "Make a team",
  description:
    "Makes a team: limits that several keys share. A key joins by its `team_id`; its own limits hold as well. What is left out is no limit.",
  request: jsonBody(createTeamBody, "The team's name, and its limits.", examples.createTeamBody),
  responses: { 201: json(teamView, "The team, with no key in it.", examples.teamView) },
  "x-errors": ["conflict"],
});

export const updateTeam = operation({
  method: "patch",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "updateTeam",
  summary: "Change a team",
  description: "Changes the fields that the body names and keeps all others; `null` lifts a limit.",
  request: { ...idParam, ...jsonBody(updateTeamBody, "The fields to change.", examples.updateTeamBody) },
  responses: { 200: json(teamView, "The team after the change.", examples.teamView) },
  "x-errors": ["conflict"],
});

export const deleteTeam = operation({
  method: "delete",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "deleteTeam",
  summary: "Delete a team",
  description:
    "Deletes the team. Refused while keys are in it, whose shared limits would vanish, and while an open invitation promises one.",
  request: idParam,
  responses: { 204: { description: "The team is deleted." } },
  "x-errors": ["conflict"],
});
