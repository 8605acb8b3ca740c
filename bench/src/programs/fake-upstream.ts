import { request as httpRequest } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { startSimulator } from "@copilot-llm/simulator";
import { benchAccounts } from "../accounts.js";
import { type AnswerForm, type AnswerWire, prepareJson, prepareStream } from "../answers.js";
import { answerParent, reportListening } from "../child-channel.js";
import { type HttpRequestHead, RequestSplitter } from "../request-splitter.js";
import type { UpstreamQuestion } from "../upstream-question.js";

/*
 * Plays GitHub and Copilot. Model calls are answered from buffers made once, on a bare socket, so that the upstream costs
 * next to nothing; everything else goes to the simulator, whom the SDK runtime accepts.
 */

const wires: Readonly<Record<string, AnswerWire>> = {
  "/chat/completions": "chat",
  "/v1/messages": "messages",
  "/responses": "responses",
};
/** As the service sends them with every answer. */
const quotaHeaders = [
  "x-quota-snapshot-chat: ent=-1&ov=0.0&ovPerm=true&rem=100.0&rst=2030-01-01T00%3A00%3A00Z&totRem=-1.0",
  "x-quota-snapshot-premium_interactions: ent=300&ov=0.0&ovPerm=true&rem=90.0&rst=2030-01-01T00%3A00%3A00Z&totRem=270.0",
  "x-request-id: 00000000-0000-4000-8000-000000000000",
].join("\r\n");

const simulator = await startSimulator({ accounts: benchAccounts });
const state = { form: { kind: "json" } as AnswerForm, modelCalls: 0, controlCalls: 0 };

const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  const splitter = new RequestSplitter((head, body) => {
    const wire = head.method === "POST" ? wires[head.path] : undefined;
    if (wire === undefined) forwardToSimulator(socket, head, body);
    else answerModelCall(socket, wire);
  });
  socket.on("data", (chunk) => splitter.push(chunk));
});
server.listen(0, "127.0.0.1", () => reportListening(ownUrl()));
answerParent<UpstreamQuestion>(async (question) => {
  if (question.ask === "answer") {
    const { form } = question;
    state.form = form;
    const events = form.kind === "stream" ? form.events : undefined;
    streamedAnswers = events === undefined ? usualStreams : mapWires((wire) => frameStream(wire, events));
    return {};
  }
  const { modelCalls, controlCalls } = state;
  Object.assign(state, { modelCalls: 0, controlCalls: 0 });
  return { modelCalls, controlCalls };
});

const wholeAnswers = mapWires((wire) => {
  const { contentType, parts } = prepareJson(wire);
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(responseHead(contentType, `content-length: ${body.length}`)), body]);
});

/** Each event in a frame of the chunked encoding; the first with the head, the last with the end. */
function frameStream(wire: AnswerWire, events: number | undefined): readonly Buffer[] {
  const { contentType, parts } = prepareStream(wire, events);
  const frames = parts.map((part) =>
    Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n")]),
  );
  const [first, ...rest] = frames;
  const last = rest.pop();
  if (first === undefined || last === undefined) throw new Error("A stream has at least two events.");
  const head = Buffer.from(responseHead(contentType, "transfer-encoding: chunked"));
  return [Buffer.concat([head, first]), ...rest, Buffer.concat([last, Buffer.from("0\r\n\r\n")])];
}

const usualStreams = mapWires((wire) => frameStream(wire, undefined));
/** Of the form that is answered at the moment. */
let streamedAnswers = usualStreams;

function answerModelCall(socket: Socket, wire: AnswerWire): void {
  state.modelCalls += 1;
  const { form } = state;
  if (form.kind === "json") socket.write(wholeAnswers[wire]);
  else if (form.paceMs === 0) streamFast(socket, streamedAnswers[wire]);
  else streamPaced(socket, streamedAnswers[wire], form.paceMs);
}

/** One event per turn of the event loop, so that each is a packet of its own. */
function streamFast(socket: Socket, frames: readonly Buffer[]): void {
  let index = 0;
  const step = (): void => {
    const frame = frames[index];
    if (frame === undefined || socket.destroyed) return;
    index += 1;
    if (socket.write(frame)) setImmediate(step);
    else socket.once("drain", step);
  };
  step();
}

function streamPaced(socket: Socket, frames: readonly Buffer[], paceMs: number): void {
  let index = 0;
  const step = (): void => {
    const frame = frames[index];
    index += 1;
    if (frame !== undefined && !socket.destroyed) socket.write(frame);
    if (index >= frames.length || socket.destroyed) clearInterval(timer);
  };
  const timer = setInterval(step, paceMs);
  step();
}

function forwardToSimulator(socket: Socket, { method, target, headers }: HttpRequestHead, body: Buffer): void {
  state.controlCalls += 1;
  const forwarded = httpRequest(`${simulator.url}${target}`, { method, headers: { ...headers, connection: "close" } });
  forwarded.on("error", () => socket.destroy());
  forwarded.on("response", (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("end", () => {
      // The simulator names itself as the API's address.
      const text = Buffer.concat(chunks).toString().replaceAll(simulator.url, ownUrl());
      const type = response.headers["content-type"] ?? "application/json";
      const head = `HTTP/1.1 ${response.statusCode} -\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n`;
      socket.write(head + text);
    });
  });
  forwarded.end(body);
}

function responseHead(contentType: string, lengthHeader: string): string {
  return `HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\n${quotaHeaders}\r\n${lengthHeader}\r\n\r\n`;
}

function mapWires<Value>(make: (wire: AnswerWire) => Value): Readonly<Record<AnswerWire, Value>> {
  return { chat: make("chat"), messages: make("messages"), responses: make("responses") };
}

function ownUrl(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
