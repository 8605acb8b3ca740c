import { onTestFinished } from "vitest";
import type { AdminApp } from "../api/route/admin-app.js";
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
 * Passes requests on to the app, and fails the test whose answers the API document does not tell of: its own routes' JSON,
 * each status and each body.
 */
export function checkAnswers(app: AdminApp): Pick<AdminApp, "fetch"> {
  const answers: Answer[] = [];
  onTestFinished(() => {
    if (answers.length > 0) for (const answer of answers) checkerOf(app)(answer);
  });
  return {
    fetch: async (request, ...rest) => {
      const response = await app.fetch(request, ...rest);
      const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
      if (isJson && request.method !== "HEAD") {
        const { pathname } = new URL(request.url);
        const body = await readJson(response.clone());
        answers.push({ method: request.method.toLowerCase(), path: pathname, status: response.status, body });
      }
      return response;
    },
  };
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

function readJson(response: Response): Promise<unknown> {
  const { body } = response;
  if (body === null || response.headers.get("content-encoding") !== "gzip") return response.json();
  return new Response(body.pipeThrough(new DecompressionStream("gzip"))).json();
}
