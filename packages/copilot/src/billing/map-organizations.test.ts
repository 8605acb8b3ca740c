import { expect, it } from "vitest";
import { mapOrganizations } from "./map-organizations.js";

it.each([
  [
    "the organisations' logins",
    { organization_list: [{ login: "acme", name: "Acme Inc." }, { login: "beta" }] },
    ["acme", "beta"],
  ],
  ["the older list", { organization_login_list: ["acme"] }, ["acme"]],
  [
    "the older list when the newer one names nobody",
    { organization_list: [null, { id: 7 }], organization_login_list: ["acme"] },
    ["acme"],
  ],
  ["nobody", { login: "ann", organization_list: null }, []],
])("reads %s", (_, copilotUser, expected) => {
  expect(mapOrganizations({ copilotUser })).toEqual(expected);
});

it.each([undefined, {}])("knows nothing where GitHub says nothing: %j", (authInfo) => {
  expect(mapOrganizations(authInfo)).toBeNull();
});
