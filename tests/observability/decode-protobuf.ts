import type { AttributeValue, CollectedSpan } from "./otlp-collector.ts";

/** A message's fields in the order in which they came: numbers of varints and 64-bit values, bytes of the rest. */
type Fields = readonly (readonly [number: number, value: bigint | Buffer])[];

/** The spans of an OTLP export request in protobuf (opentelemetry/proto/trace/v1/trace.proto). */
export function decodeTraces(body: Buffer): CollectedSpan[] {
  return messages(body, 1)
    .flatMap((resourceSpans) => messages(resourceSpans, 2))
    .flatMap((scopeSpans) => messages(scopeSpans, 2))
    .map(decodeSpan);
}

function decodeSpan(bytes: Buffer): CollectedSpan {
  const fields = readFields(bytes);
  const first = (number: number) => fields.find(([candidate]) => candidate === number)?.[1];
  const hex = (number: number) => (bytesOf(first(number)) ?? Buffer.alloc(0)).toString("hex");
  const status = bytesOf(first(15));
  return {
    traceId: hex(1),
    spanId: hex(2),
    parentSpanId: hex(4),
    name: bytesOf(first(5))?.toString() ?? "",
    kind: Number(first(6) ?? 0),
    durationMs: Number(BigInt(Number(first(8) ?? 0)) - BigInt(Number(first(7) ?? 0))) / 1e6,
    attributes: Object.fromEntries(messages(bytes, 9).map(decodeAttribute)),
    statusCode: status === null ? 0 : Number(readFields(status).find(([number]) => number === 3)?.[1] ?? 0),
  };
}

function decodeAttribute(bytes: Buffer): [string, AttributeValue] {
  const fields = readFields(bytes);
  const key = bytesOf(fields.find(([number]) => number === 1)?.[1])?.toString() ?? "";
  const value = bytesOf(fields.find(([number]) => number === 2)?.[1]) ?? Buffer.alloc(0);
  const [kind, content] = readFields(value)[0] ?? [1, Buffer.alloc(0)];
  if (Buffer.isBuffer(content)) return [key, content.toString()];
  if (kind === 2) return [key, content !== 0n];
  if (kind === 3) return [key, Number(content)];
  const double = Buffer.alloc(8);
  double.writeBigUInt64LE(content);
  return [key, double.readDoubleLE()];
}

function messages(bytes: Buffer, number: number): Buffer[] {
  return readFields(bytes).flatMap(([candidate, value]) =>
    candidate === number && Buffer.isBuffer(value) ? [value] : [],
  );
}

function bytesOf(value: bigint | Buffer | undefined): Buffer | null {
  return Buffer.isBuffer(value) ? value : null;
}

function readFields(bytes: Buffer): Fields {
  const fields: [number, bigint | Buffer][] = [];
  let at = 0;
  const readVarint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(readVarint());
    const number = tag >> 3;
    switch (tag & 7) {
      case 0:
        fields.push([number, readVarint()]);
        break;
      case 1:
        fields.push([number, bytes.readBigUInt64LE(at)]);
        at += 8;
        break;
      case 2: {
        const length = Number(readVarint());
        fields.push([number, bytes.subarray(at, at + length)]);
        at += length;
        break;
      }
      case 5:
        fields.push([number, BigInt(bytes.readUInt32LE(at))]);
        at += 4;
        break;
      default:
        throw new Error(`protobuf's wire type ${tag & 7} is not known here`);
    }
  }
  return fields;
}
