import { promisify } from "node:util";
import { deflateRaw, inflateRaw } from "node:zlib";
import type { FrameBodies } from "./frame.js";

const deflate = promisify<Uint8Array, { level: number }, Buffer>(deflateRaw);
const inflate = promisify<Uint8Array, Buffer>(inflateRaw);

/** Text of either kind shrinks to a tenth; more effort brings little. */
const level = 4;

export async function deflateBodies({ request, response }: FrameBodies): Promise<FrameBodies> {
  return { request: await deflate(request, { level }), response: await deflate(response, { level }) };
}

export async function inflateBodies({ request, response }: FrameBodies): Promise<FrameBodies> {
  return { request: await inflate(request), response: await inflate(response) };
}
