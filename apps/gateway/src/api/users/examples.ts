import type { CreateUserBody, UpdateUserBody, UserList, UserView } from "./schemas.js";

export const userView: UserView = {
  id: "usr_01KB6M3T7Z8W2Q4S",
  username: "vic",
  role: "viewer",
  created_at: "2026-05-02T08:00:00.000Z",
  last_sign_in_at: "2026-05-10T08:00:00.000Z",
  sign_in_method: "password",
};

export const userList: UserList = { users: [userView] };

export const createUserBody: CreateUserBody = {
  username: "vic",
  password: "correct horse battery staple",
  role: "viewer",
};

export const updateUserBody: UpdateUserBody = { role: "admin" };
