import { idParam } from "../route/fields.js";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { createUserBody, updateUserBody, userList, userView } from "./schemas.js";

const root = "/api/admin/users";

export const listUsers = operation({
  method: "get",
  path: root,
  "x-access": "admin",
  operationId: "listUsers",
  summary: "List the console's users",
  description: "Lists everyone who may sign in to the console.",
  responses: { 200: json(userList, "Every user.", examples.userList) },
});

export const createUser = operation({
  method: "post",
  path: root,
  "x-access": "admin",
  operationId: "createUser",
  summary: "Create a user",
  description: "Creates a user of the console. An `admin` may change everything, a `viewer` may only look.",
  request: jsonBody(createUserBody, "The user's name, first password and role.", examples.createUserBody),
  responses: { 201: json(userView, "The user.", examples.userView) },
  "x-errors": ["conflict"],
});

export const updateUser = operation({
  method: "patch",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "updateUser",
  summary: "Change a user",
  description:
    "Changes the fields that the body names and keeps all others. A new password ends every sign-in of the user. The last admin cannot become a viewer.",
  request: { ...idParam, ...jsonBody(updateUserBody, "The fields to change.", examples.updateUserBody) },
  responses: { 200: json(userView, "The user after the change.", examples.userView) },
  "x-errors": ["conflict"],
});

export const deleteUser = operation({
  method: "delete",
  path: `${root}/{id}`,
  "x-access": "admin",
  operationId: "deleteUser",
  summary: "Delete a user",
  description: "Deletes the user and ends every sign-in of theirs. The last admin cannot be deleted.",
  request: idParam,
  responses: { 204: { description: "The user is deleted and signed out." } },
  "x-errors": ["conflict"],
});
