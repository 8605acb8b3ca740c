import { z } from "@hono/zod-openapi";
import { newPassword, signInMethod, username } from "../auth/schemas.js";
import { closedObject } from "../route/closed-object.js";
import { nullableTime, time, userRole } from "../route/fields.js";

export const userView = z
  .object({
    id: z.string(),
    username: z.string(),
    role: userRole,
    created_at: time,
    last_sign_in_at: nullableTime,
    sign_in_method: signInMethod.describe("`oidc`: the role comes from the identity provider with each sign-in."),
  })
  .openapi("User");

export const userList = z.object({ users: z.array(userView) }).openapi("UserList");

export const createUserBody = closedObject({ username, password: newPassword, role: userRole }).openapi("CreateUser");
export const updateUserBody = closedObject({ username, password: newPassword, role: userRole })
  .partial()
  .openapi("UpdateUser");

export type UserView = z.infer<typeof userView>;
export type UserList = z.infer<typeof userList>;
export type CreateUserBody = z.input<typeof createUserBody>;
export type UpdateUserBody = z.input<typeof updateUserBody>;
