import { expect, it } from "vitest";
import type { UpstreamRequest } from "../upstream.js";
import type { EndpointSnapshot } from "./endpoint-snapshot.js";
import { createRequestHeaderList } from "./request-headers.js";

const endpoint: EndpointSnapshot = {
  origin: "https://copilot.example",
  basePath: "",
  headers: { authorization: "Bearer one", "openai-intent": "agent", "x-interaction-id": "the endpoint's" },
  expiresAtMs: null,
};
const request: UpstreamRequest = {
  path: "/chat/completions",
  modelId: "m",
  body: Buffer.from("{}"),
  headers: { "anthropic-beta": "a-beta" },
  initiator: "user",
  hasImages: false,
  interactionId: null,
  signal: new AbortController().signal,
};

function headersOf(list: readonly string[]): Record<string, string> {
  const pairs = list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1] ?? ""] as const] : []));
  const headers = Object.fromEntries(pairs);
  expect(Object.keys(headers)).toHaveLength(pairs.length);
  return headers;
}

it("are the endpoint's with the truth about each request, and no request leaves a trace in the next", () => {
  const list = createRequestHeaderList();
  const plain = {
    accept: "application/json",
    authorization: "Bearer one",
    "openai-intent": "agent",
    "accept-encoding": "identity",
    "content-type": "application/json",
    "x-initiator": "user",
    "x-interaction-id": "the endpoint's",
  };
  expect(headersOf(list(endpoint, request))).toEqual(plain);
  const other = {
    ...request,
    path: "/v1/messages",
    initiator: "agent",
    hasImages: true,
    interactionId: "ours",
    traceparent: "00-1-2-01",
  } as const;
  expect(headersOf(list(endpoint, other))).toEqual({
    ...plain,
    "x-initiator": "agent",
    "copilot-vision-request": "true",
    "x-interaction-id": "ours",
    traceparent: "00-1-2-01",
    "anthropic-version": "2023-06-01",
    "anthropic-beta": "a-beta",
  });
  expect(headersOf(list(endpoint, request))).toEqual(plain);
});

it("follow the endpoint that is asked", () => {
  const list = createRequestHeaderList();
  list(endpoint, request);
  const renewed = { ...endpoint, headers: { authorization: "Bearer two" } };
  expect(headersOf(list(renewed, request)).authorization).toBe("Bearer two");
});
