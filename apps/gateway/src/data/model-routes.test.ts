import { expect, test } from "vitest";
import { openServingGateway } from "../testing/serving.js";

test.each(["after_id", "before_id"])(
  "a page of Anthropic's models does not begin at an %s that is none",
  async (param) => {
    const { url } = await openServingGateway();
    const ask = async (query: string) => {
      const headers = { "x-api-key": "legacy key" };
      const answer = await fetch(`${url}/anthropic/v1/models?limit=1${query}`, { headers });
      return { status: answer.status, body: await answer.json() };
    };
    expect(await ask(`&${param}=nope`)).toMatchObject({
      status: 400,
      body: {
        type: "error",
        error: { type: "invalid_request_error", message: expect.stringContaining(`\`${param}\``) },
      },
    });
    const { body } = (await ask("")) as { body: { last_id: string } };
    expect((await ask(`&${param}=${body.last_id}`)).status).toBe(200);
  },
);
