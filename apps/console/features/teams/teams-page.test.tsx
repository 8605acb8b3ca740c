import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Team } from "#lib/api/use-teams";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createStatsRow, createTeam, loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { TeamsPage } from "./teams-page";

const path = "/api/admin/teams";

function stubTeams(teams: readonly Team[], routes: Parameters<typeof stubGateway>[0] = {}) {
  return stubGateway({ [`GET ${path}`]: () => ({ teams }), ...routes });
}

describe("TeamsPage", () => {
  it("says what teams are for while there is none, and makes one with limits", async () => {
    const seen = stubTeams([], { [`POST ${path}`]: () => createTeam() });
    renderInConsole(<TeamsPage />);
    expect(await screen.findByText("No teams yet")).toBeDefined();
    fireEvent.click(screen.getByRole("button", { name: "Create team" }));
    const dialog = await screen.findByRole("dialog", { name: "Create a team" });
    fireEvent.change(within(dialog).getByLabelText("Name"), { target: { value: "Red" } });
    fireEvent.change(within(dialog).getByLabelText("AI credits"), { target: { value: "1,000" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Create team" }));
    expect(await screen.findByText(/^Red was made/u)).toBeDefined();
    expect(seen.find(({ method }) => method === "POST")?.body).toMatchObject({
      name: "Red",
      max_credits: 1_000,
      max_requests: null,
      limit_period: "month",
    });
  });

  it("shows a team's use against its limits, and which of its keys used how much", async () => {
    const team = createTeam({ key_ids: ["key-1", "key-2"], max_requests: 100, current_requests: 60 });
    stubTeams([team], {
      "GET /api/stats": () => ({
        totals: createStatsRow(),
        rows: [createStatsRow({ group: "team_1", label: "Red", split: "key-1", split_label: "CI", requests: 60 })],
      }),
    });
    renderInConsole(<TeamsPage />, { search: "id=team_1" });
    const sheet = await screen.findByRole("complementary", { name: "Team Red" });
    expect(sheet.textContent).toContain("60 of 100 requests");
    expect((await within(sheet).findByRole("link", { name: "CI" })).getAttribute("href")).toMatch(
      /^\/keys\/?\?id=key-1$/u,
    );
    expect(sheet.textContent).toContain("and 1 without requests");
  });

  it("deletes no team that has keys, and says why", async () => {
    const seen = stubTeams([createTeam({ key_ids: ["key-1"] })]);
    renderInConsole(<TeamsPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Actions for Red" }));
    const entry = await screen.findByRole("menuitem", { name: /Delete…/u });
    expect(entry.textContent).toContain("1 key is in it");
    fireEvent.click(entry);
    expect(screen.queryByRole("alertdialog")).toBeNull();
    expect(seen.some(({ method }) => method === "DELETE")).toBe(false);
  });

  it("keeps what was typed when the gateway refuses it", async () => {
    stubTeams([createTeam()], {
      [`PATCH ${path}/team_1`]: () => createErrorResponse(409, "conflict", "There is such a team."),
    });
    renderInConsole(<TeamsPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Actions for Red" }));
    fireEvent.click(await screen.findByRole("menuitem", { name: "Edit…" }));
    const dialog = await screen.findByRole("dialog", { name: "Edit Red" });
    fireEvent.change(within(dialog).getByLabelText("Name"), { target: { value: "Blue" } });
    fireEvent.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(dialog.textContent).toContain("There is such a team."));
    expect(within(dialog).getByLabelText<HTMLInputElement>("Name").value).toBe("Blue");
  });

  it("gives a viewer the teams to look at, and offers no change", async () => {
    stubTeams([createTeam()]);
    renderInConsole(<TeamsPage />, { status: loggedInAsViewer });
    expect(await screen.findByText("Red")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^(Make|Actions)/u })).toBeNull();
  });
});
