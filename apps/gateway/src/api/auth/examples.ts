import type {
  AuthStatus,
  ChangePasswordBody,
  LoginBody,
  LoginResult,
  Me,
  SetupBody,
  SignInSessionList,
} from "./schemas.js";

const password = "correct horse battery staple";

export const authStatus: AuthStatus = {
  setup_required: false,
  authenticated: true,
  username: "ada",
  role: "admin",
  version: "1.2.3",
  public_url: "https://copilot.example.com",
  sign_in_methods: ["password"],
};

export const me: Me = { username: "ada", role: "admin" };

export const setupBody: SetupBody = { username: "ada", password, setup_code: "4Q7MZ2XKT9" };

export const loginBody: LoginBody = { username: "ada", password };

export const loginResult: LoginResult = { token: "cls_q3JpT0mVb2w5n8y1x4z7", username: "ada" };

export const changePasswordBody: ChangePasswordBody = {
  current_password: password,
  new_password: "a longer and better one",
};

export const signInSessionList: SignInSessionList = {
  sessions: [
    {
      id: "ses_01KB6M3T7Z8W2Q4R",
      user_id: "usr_01KB6M3T7Z8W2Q4R",
      username: "ada",
      current: true,
      method: "password",
      client_ip: "192.0.2.7",
      user_agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/152.0",
      created_at: "2026-05-10T08:00:00.000Z",
      last_seen_at: "2026-05-10T09:30:00.000Z",
      expires_at: "2026-05-11T09:30:00.000Z",
    },
  ],
};

export const endedSessions = { ended: 2 };

export const signedOut = { ok: true };
