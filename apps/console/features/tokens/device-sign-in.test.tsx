import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { renderInConsole } from "../../testing/render-in-console";
import { DeviceSignIn } from "./device-sign-in";

it("asks no more about a sign-in that the gateway forgot, and gets a new code", async () => {
  const codes = ["AAAA-1111", "BBBB-2222"];
  const path = "/api/admin/github-tokens/device";
  const seen = stubGateway({
    [`POST ${path}`]: () => ({
      id: `dev_${codes.length}`,
      user_code: codes.shift(),
      verification_uri: "https://github.com/login/device",
      expires_in: 900,
    }),
    [`GET ${path}/dev_2`]: () => createErrorResponse(404, "not_found", "There is no such device sign-in any more."),
    [`GET ${path}/dev_1`]: () => ({ status: "pending" }),
  });
  renderInConsole(<DeviceSignIn isOffered onClose={() => undefined} onAdded={() => undefined} />);
  fireEvent.change(screen.getByRole("textbox"), { target: { value: "Ada" } });
  fireEvent.click(screen.getByRole("button", { name: "Get a code" }));
  expect(await screen.findByText(/no longer knows of this sign-in/u)).toBeDefined();
  await new Promise((resolve) => setTimeout(resolve, 2_200));
  expect(seen.filter(({ method }) => method === "GET")).toHaveLength(1);
  fireEvent.click(screen.getByRole("button", { name: "New code" }));
  expect(await screen.findByText("BBBB-2222")).toBeDefined();
  expect(await screen.findByText(/Waiting for the approval/u)).toBeDefined();
});
