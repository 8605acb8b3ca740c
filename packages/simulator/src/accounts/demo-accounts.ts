import type { AccountOptions } from "./account.js";

/** The accounts that the program starts with: every plan, both billing worlds, one with a policy of its own. */
export const demoAccounts: readonly AccountOptions[] = [
  { token: "gho_demo_alice_business", login: "alice", plan: "business", used: 96 },
  { token: "gho_demo_bob_individual", login: "bob", plan: "individual_pro", used: 1203.33 },
  { token: "ghu_demo_carol_credits", login: "carol", plan: "business", billing: "credits", used: 260.5 },
  { token: "github_pat_demo_dave_free", login: "dave", plan: "free", used: 7 },
  {
    token: "gho_demo_erin_enterprise",
    login: "erin",
    plan: "enterprise",
    billing: "credits",
    organizations: ["octo-labs"],
    modelPolicy: { "claude-opus-4.7": "disabled", "grok-code-fast-1": "enabled" },
  },
];
