import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Quirks } from "../src/quirks.js";
import type { RuleRow } from "../src/rules/rule-row.js";
import { alice, ask, type Fixture, type PostOptions, pick, startFixture } from "./fixture.js";

type Fields = Readonly<Record<string, unknown>>;

/** A request that a rule refuses, and the nearest that it lets pass: a small body, changed; text is sent as it is. */
export interface RuleExample {
  /** Where both go, when the group is about several endpoints. */
  readonly path?: string;
  readonly refused: Fields | string;
  readonly accepted: Fields;
  /** The message that the client reads. */
  readonly says: string;
  readonly code?: string;
  readonly quirks?: Partial<Quirks>;
  /** Headers of the refused request, and of the accepted one. */
  readonly refusedHeaders?: Readonly<Record<string, string>>;
  readonly acceptedHeaders?: Readonly<Record<string, string>>;
  /** Who sends the refused request, where that is the point; `alice` sends the others. */
  readonly token?: string;
  readonly acceptedToken?: string;
}

/** An example, or how to make one that needs an answer of the simulator first. */
export type RuleExampleSource = RuleExample | ((fixture: Fixture) => Promise<RuleExample>);

/** Tests a group of rows against examples: each row has one, and each example is refused by its row and no other. */
export function describeRules<Input>(
  path: string,
  rows: readonly RuleRow<Input>[],
  examples: Readonly<Record<string, RuleExampleSource | readonly RuleExampleSource[]>>,
): void {
  describe(`rules of ${path}`, () => {
    let fixture: Fixture;
    beforeEach(async () => {
      fixture = await startFixture();
    });
    afterEach(() => fixture.simulator.close());

    const post = (to: string, fields: Fields | string, options: PostOptions) =>
      fixture.post(to, typeof fields === "string" ? fields : ask(to, "x", fields), options);
    const notes = () => fixture.simulator.requests.all().at(-1)?.notes;

    it("have an example each", () => {
      expect(Object.keys(examples).sort()).toEqual(rows.map(({ id }) => id).sort());
    });

    const cases = rows.flatMap((row) =>
      [examples[row.id] ?? []]
        .flat()
        .map((example, index) => [index === 0 ? row.id : `${row.id} (${index + 1})`, row, example] as const),
    );
    it.each(cases)("refuse by %s, in its words, and take the nearest valid request", async (_name, row, given) => {
      const example = typeof given === "function" ? await given(fixture) : given;
      const { says, code, quirks, token = alice.token, acceptedToken = alice.token } = example;
      const to = example.path ?? path;
      if (quirks !== undefined) fixture.simulator.quirks.set(quirks);
      const refusal = await post(to, example.refused, { token, headers: example.refusedHeaders ?? {} });
      const body = await refusal.text();
      expect([refusal.status, notes()]).toEqual([row.error.status, [`rule:${row.id}`]]);
      expect(readMessage(body)).toBe(says);
      if (code !== undefined) expect(pick(JSON.parse(body), "error.code")).toBe(code);
      const headers = example.acceptedHeaders ?? {};
      const answer = await post(to, example.accepted, { token: acceptedToken, headers });
      expect([answer.status, await answer.text(), notes()]).toEqual([200, expect.anything(), []]);
    });
  });
}

/** The message in whichever of the service's shapes. */
function readMessage(body: string): unknown {
  if (!body.startsWith("{")) return body.trimEnd();
  const value: unknown = JSON.parse(body);
  return pick(value, "error.message") ?? pick(value, "message");
}
