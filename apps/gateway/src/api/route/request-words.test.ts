import { describe, expect, it, test } from "vitest";
import { createAdminClient } from "../../testing/admin-client.js";
import { openGateway, signInAdmin } from "../../testing/open-gateway.js";

interface Schema {
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
}

interface ApiDocument {
  readonly paths: Readonly<
    Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The objects of a schema that take any field, each by where it is. */
function openObjects(schema: Schema, where: string, { components }: ApiDocument): readonly string[] {
  const within = (inner: Schema, place: string) => openObjects(inner, place, { components, paths: {} });
  const { $ref, properties = {}, additionalProperties, items } = schema;
  if ($ref !== undefined) return within(components.schemas[$ref.split("/").at(-1) ?? ""] ?? {}, where);
  const isOpen = schema.properties !== undefined && additionalProperties !== false;
  return [
    ...(isOpen ? [where] : []),
    ...Object.entries(properties).flatMap(([name, inner]) => within(inner, `${where}.${name}`)),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((inner) =>
      within(inner, where),
    ),
    ...(items === undefined ? [] : within(items, `${where}[]`)),
    ...(typeof additionalProperties === "object" ? within(additionalProperties, `${where}.*`) : []),
  ];
}

describe("a body of the admin API", () => {
  it("takes no field that is not documented, at any depth", async () => {
    const document = (await (await fetch(`${(await openGateway()).url}/openapi.json`)).json()) as ApiDocument;
    const bodies = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { requestBody }]) => {
        const schema = requestBody?.content["application/json"]?.schema;
        return schema === undefined || !path.startsWith("/api/") ? [] : [{ name: `${method} ${path}`, schema }];
      }),
    );
    expect(bodies.length).toBeGreaterThan(15);
    expect(bodies.flatMap(({ name, schema }) => openObjects(schema, name, document))).toEqual([]);
  });

  it("is refused for a field that there is not, and the right one is named", async () => {
    const request = await createAdminClient(await openGateway());
    const refused = async (method: string, path: string, body: unknown) => {
      const answer = await request<{ error: { message: string } }>(method, path, body);
      return [answer.status, answer.body.error.message];
    };
    const keys = "/api/admin/api-keys";
    expect(await refused("POST", keys, { alias: "laptop", max_request: 5 })).toEqual([
      400,
      "There is no field `max_request`. Did you mean `max_requests`?",
    ]);
    expect((await request<{ total: number }>("GET", keys)).body.total).toBe(0);
    const { body: key } = await request<{ id: string }>("POST", keys, { alias: "laptop" });
    expect(await refused("PATCH", `${keys}/${key.id}`, { quarks: 1 })).toEqual([400, "There is no field `quarks`."]);
    const settings = "/api/admin/settings";
    expect(await refused("PATCH", settings, { batches: { max_in_pol: 2 } })).toEqual([
      400,
      "There is no field `batches.max_in_pol`. Did you mean `max_in_pool`?",
    ]);
    expect(await refused("POST", "/api/admin/invites", { name: "Grace", key: { rpn: 1 } })).toEqual([
      400,
      "There is no field `key.rpn`. Did you mean `rpm`?",
    ]);
    expect(await refused("POST", "/api/admin/github-tokens", { alias: "a", token: "gho_12345678", note: "" })).toEqual([
      400,
      "There is no field `note`.",
    ]);
  });
});

test.each<[string, string, unknown, string]>([
  ["POST", "/api/admin/api-keys", {}, "`alias` is missing."],
  ["POST", "/api/admin/api-keys", { alias: " " }, "`alias` must not be empty."],
  ["POST", "/api/admin/api-keys", { alias: 5 }, "`alias` must be a text."],
  ["POST", "/api/admin/api-keys", { alias: "a\nb" }, "`alias` must not have control characters."],
  ["POST", "/api/admin/api-keys", { alias: "a", rpm: 0 }, "`rpm` must be above 0."],
  ["POST", "/api/admin/api-keys", { alias: "a", rpm: "5" }, "`rpm` must be a number."],
  ["POST", "/api/admin/api-keys", { alias: "a", rpm: 1.5 }, "`rpm` must be a whole number."],
  ["POST", "/api/admin/api-keys", { alias: "a", allowed_models: [] }, "`allowed_models` must have at least 1 entry."],
  [
    "POST",
    "/api/admin/api-keys",
    { alias: "a", limit_period: "year" },
    "`limit_period` must be one of `lifetime`, `day`, `month`.",
  ],
  [
    "POST",
    "/api/admin/api-keys",
    { alias: "a", expires_at: "soon" },
    "`expires_at` must be a time such as 2026-01-31T12:00:00Z.",
  ],
  [
    "POST",
    "/api/admin/api-keys",
    { alias: "a", expires_at: "2020-01-01T00:00:00Z" },
    "`expires_at` must be a time in the future.",
  ],
  ["POST", "/api/admin/api-keys", "laptop", "The request must be an object."],
  ["POST", "/api/join/some-code", {}, "`method` is missing: it must be one of `paste`, `device`."],
  ["POST", "/api/join/some-code", { method: "fax" }, "`method` must be one of `paste`, `device`."],
  [
    "POST",
    "/api/admin/users",
    { username: "a", password: "b", role: "viewer" },
    "`password` must have at least 8 characters.",
  ],
  [
    "POST",
    "/api/admin/users",
    { username: "a", password: "long enough" },
    "`role` is missing: it must be one of `admin`, `viewer`.",
  ],
  [
    "GET",
    "/api/stats?from=tomorrow",
    undefined,
    "`from` must be a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31.",
  ],
  ["GET", "/api/sessions?limit=abc", undefined, "`limit` must be a whole number from 1 to 200."],
  ["GET", "/api/sessions?limit=0", undefined, "`limit` must be a whole number from 1 to 200."],
  ["GET", "/api/sessions?min_credits=x", undefined, "`min_credits` must be a number above 0, at most 1000000."],
  ["GET", "/api/admin/audit?cursor=xx", undefined, "`cursor` must be the `next_cursor` of the page before."],
])("%s %s is told what it must be", async (method, path, body, message) => {
  const request = await createAdminClient(await openGateway());
  expect(await request(method, path, body)).toMatchObject({ status: 400, body: { error: { message } } });
});

test("a body that is not said to be JSON, or is not UTF-8, is refused in words that help", async () => {
  const gateway = await openGateway();
  const authorization = `Bearer ${await signInAdmin(gateway)}`;
  const send = async (body: Uint8Array, headers: Record<string, string>) => {
    const url = `${gateway.url}/api/admin/api-keys`;
    const response = await fetch(url, { method: "POST", headers: { authorization, ...headers }, body });
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    return [response.status, error.code, error.message];
  };
  const json = Buffer.from('{"alias":"laptop"}');
  const words = "Send the body as JSON, with the header `content-type: application/json`.";
  const form = { "content-type": "application/x-www-form-urlencoded" };
  expect(await send(json, {})).toEqual([415, "unsupported_encoding", words]);
  expect(await send(json, form)).toEqual([415, "unsupported_encoding", words]);
  const latin = Buffer.from('{"alias":"caf\xe9"}', "latin1");
  expect(await send(latin, { "content-type": "application/json" })).toEqual([
    400,
    "invalid_request",
    "The request body is not valid UTF-8.",
  ]);
});

test("nothing is made, or left over, that would have ended already", async () => {
  const request = await createAdminClient(await openGateway());
  const past = "2020-01-01T00:00:00Z";
  const invite = { name: "Grace", key: { expires_at: past } };
  expect(await request("POST", "/api/admin/invites", invite)).toMatchObject({
    status: 400,
    body: { error: { message: "`key.expires_at` must be a time in the future." } },
  });
  const { body } = await request<{ id: string }>("POST", "/api/admin/api-keys", { alias: "laptop" });
  const rotation = `/api/admin/api-keys/${body.id}/rotate?overlap_until=${past}`;
  expect(await request("POST", rotation)).toMatchObject({
    status: 400,
    body: { error: { message: "`overlap_until` must be a time in the future." } },
  });
});

test("a key that exists may be ended at once", async () => {
  const request = await createAdminClient(await openGateway());
  const { body } = await request<{ id: string }>("POST", "/api/admin/api-keys", { alias: "laptop" });
  const change = { expires_at: "2020-01-01T00:00:00Z" };
  expect(await request("PATCH", `/api/admin/api-keys/${body.id}`, change)).toMatchObject({
    status: 200,
    body: { state: "expired" },
  });
});
