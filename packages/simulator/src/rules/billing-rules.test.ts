import { describeRules } from "../../testing/describe-rules.js";
import { billingRules } from "./billing-rules.js";

describeRules("/chat/completions", billingRules, {
  "quota-exhausted": [
    async ({ simulator }) => {
      simulator.changeAccount("alice", { used: 300 });
      const says = "You have no quota";
      return { refused: { model: "gpt-5.4" }, accepted: { model: "gpt-5-mini" }, says, code: "quota_exceeded" };
    },
    async ({ simulator }) => {
      simulator.changeAccount("alice", { used: 300 });
      return {
        refused: { model: "gpt-5.4" },
        accepted: { model: "gpt-5.4" },
        acceptedHeaders: { "x-initiator": "agent" },
        says: "You have no quota",
      };
    },
    async ({ simulator }) => {
      simulator.addAccount({ token: "gho_frank00000000", login: "frank", plan: "free", used: 50 });
      return {
        refused: { model: "claude-haiku-4.5" },
        token: "gho_frank00000000",
        accepted: { model: "claude-haiku-4.5" },
        says: "You have no quota",
        code: "free_quota_exceeded",
      };
    },
  ],
});
