import { fireEvent, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { HeldKeyProvider } from "#components/held-key";
import { stubGateway } from "../../testing/fake-gateway";
import { createKey, createModel, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { ConnectPage } from "./connect-page";

const secret = "clp_AbCdEfGh23456789012345678901234567890123";

function stub(keys = [createKey({ alias: "laptop", key_preview: "clp_AbCdEfGh" })]) {
  return stubGateway({
    "GET /api/admin/api-keys": () => ({ keys }),
    "GET /api/models": () => ({
      models: [
        createModel({ context_window: 400_000 }),
        createModel({ id: "claude-sonnet-4.6", supported_endpoints: ["/v1/messages"] }),
      ],
    }),
  });
}

const render = (options: Parameters<typeof renderInConsole>[1] = {}) =>
  renderInConsole(
    <HeldKeyProvider>
      <ConnectPage />
    </HeldKeyProvider>,
    options,
  );

describe("ConnectPage", () => {
  it("shows the settings of the chosen client with the models that fit it, and a placeholder for the key", async () => {
    stub();
    render({ search: "client=codex&os=linux" });
    const card = await screen.findByRole("region", { name: "Codex" });
    expect(await within(card).findByText(/model = "gpt-5-mini"/u)).toBeDefined();
    expect(card.textContent).toContain("~/.codex/config.toml");
    expect(card.textContent).toContain("YOUR_KEY");
    expect(card.textContent).toContain("A used-up limit is told after about 7 seconds and 6 tries.");
  });

  it("fills in a pasted key, and refuses what is none", async () => {
    stub();
    render({ search: "client=claude-code&os=linux" });
    const field = await screen.findByLabelText("Paste the value of laptop");
    fireEvent.change(field, { target: { value: "sk-something" } });
    expect(await screen.findByText("This is no key of this gateway.")).toBeDefined();
    fireEvent.change(field, { target: { value: secret } });
    expect(await screen.findByText(/Its value is filled in below/u)).toBeDefined();
    const card = screen.getByRole("region", { name: "Claude Code" });
    expect(card.textContent).toContain(`"ANTHROPIC_AUTH_TOKEN": "${secret}"`);
    expect(card.textContent).not.toContain("YOUR_KEY");
  });

  it("says in the reader's language what the key may not use", async () => {
    stub([createKey({ allowed_models: ["gpt-5-mini"] })]);
    render({ search: "client=claude-code&model=claude-sonnet-4.6", locale: "zh-CN" });
    expect(await screen.findByText("这个密钥不能使用 claude-sonnet-4.6。")).toBeDefined();
  });

  it("lets a viewer send a test request with a pasted key only", async () => {
    stub();
    render({ search: "client=curl", status: loggedInAsViewer });
    expect(await screen.findByText(/Paste the key's value above/u)).toBeDefined();
    expect(screen.queryByRole("button", { name: "Send a test request" })).toBeNull();
    fireEvent.change(screen.getByLabelText("Paste the value of laptop"), { target: { value: secret } });
    expect(await screen.findByRole("button", { name: "Send a test request" })).toBeDefined();
  });
});
