import type { ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { AdminApp } from "../api/route/admin-app.js";
import type { ServerListeners } from "../http/server-listeners.js";
import { type ApiDocument, createSchemaCompiler, type DocumentedOperation, listOperations } from "./api-document.js";

interface Answer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Throws when the API document tells of the answer's operation, and of another answer. */
type Checker = (answer: Answer) => void;

/** By the routes of the app: the document is made of them, and making it takes a while. */
const checkers = new Map<string, Checker>();

/**
 * Passes requests on to the listeners, and fails the test whose answers the API document does not tell of: JSON, each
 * status and each body.
 */
export function checkAnswers(app: AdminApp, listeners: ServerListeners): ServerListeners {
  const answers: Answer[] = [];
  onTestFinished(() => {
    if (answers.length > 0) for (const answer of answers) checkerOf(app)(answer);
  });
  const request: ServerListeners["request"] = (incoming, outgoing) => {
    const { method = "", url = "" } = incoming;
    if (!URL.canParse(url, "http://gateway")) return listeners.request(incoming, outgoing);
    whenWhole(outgoing, (headers, bytes) => {
      if (!headers.get("content-type")?.startsWith("application/json") || method === "HEAD") return;
      const isPacked = headers.get("content-encoding") === "gzip";
      const body: unknown = JSON.parse((isPacked ? gunzipSync(bytes) : bytes).toString("utf8"));
      const { pathname } = new URL(url, "http://gateway");
      answers.push({ method: method.toLowerCase(), path: pathname, status: outgoing.statusCode, body });
    });
    listeners.request(incoming, outgoing);
  };
  return { ...listeners, request };
}

/** Calls back with all that was written, just before the answer ends. */
function whenWhole(outgoing: ServerResponse, callback: (headers: Headers, bytes: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let headers = new Headers();
  const { writeHead, write, end } = outgoing;
  const keep = (chunk: unknown): void => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as Uint8Array));
  };
  Object.assign(outgoing, {
    writeHead: (...parameters: unknown[]) => {
      headers = readHeaders(parameters.at(-1));
      return Reflect.apply(writeHead, outgoing, parameters);
    },
    write: (...parameters: unknown[]) => {
      keep(parameters[0]);
      return Reflect.apply(write, outgoing, parameters);
    },
    end: (...parameters: unknown[]) => {
      keep(parameters[0]);
      callback(headers, Buffer.concat(chunks));
      return Reflect.apply(end, outgoing, parameters);
    },
  });
}

/** As `writeHead` takes them: by name, or names and values in turn. */
function readHeaders(told: unknown): Headers {
  const entries = Array.isArray(told)
    ? told.flatMap((name, index) => (index % 2 === 0 ? [[name, told[index + 1]]] : []))
    : Object.entries(typeof told === "object" && told !== null ? told : {});
  return new Headers(entries.map(([name, value]) => [String(name), String(value)]));
}

function checkerOf(app: AdminApp): Checker {
  const routes = app.routes.map(({ method, path }) => `${method} ${path}`).join("\n");
  const checker = checkers.get(routes) ?? createChecker(app);
  checkers.set(routes, checker);
  return checker;
}

function createChecker(app: AdminApp): Checker {
  const document = readDocument(app);
  const operations = listOperations(document)
    .map((operation) => ({ ...operation, pattern: patternOf(operation.path) }))
    .sort((one, other) => one.path.split("{").length - other.path.split("{").length);
  const compile = createSchemaCompiler(document);
  return ({ method, path, status, body }) => {
    const operation = operations.find((one) => one.method === method && one.pattern.test(path));
    if (operation === undefined) return;
    const validate = compile(schemaOf(operation, status));
    if (validate(body)) return;
    const errors = JSON.stringify(validate.errors?.slice(0, 3));
    throw new Error(`${method} ${path} answered ${status} unlike the API document: ${errors} ${JSON.stringify(body)}`);
  };
}

function readDocument(app: AdminApp): ApiDocument {
  const document = app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "Gateway", version: "1.2.3" } });
  return JSON.parse(JSON.stringify(document));
}

function schemaOf({ responses, operationId }: DocumentedOperation, status: number): unknown {
  // What can befall any route is told of once: a fault, or an address or headers that are too long.
  const response = responses[status] ?? (status >= 500 || status === 413 ? responses.default : undefined);
  if (response === undefined) throw new Error(`the API document tells nothing of ${operationId} answering ${status}`);
  return response.content?.["application/json"]?.schema ?? true;
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]*\}/g, "[^/]+")}/?$`);
}
