import { expect, it } from "vitest";
import { parseOtelSettings } from "./otel-settings.js";

const endpoint = "http://127.0.0.1:4318";
const parse = (environment: Record<string, string>, at: string | null = endpoint) =>
  parseOtelSettings(at, (name) => environment[name] ?? null);

it("is null without an endpoint, and where the SDK is switched off", () => {
  expect(parse({}, null)).toBeNull();
  expect(parse({ OTEL_SDK_DISABLED: "true" })).toBeNull();
});

it("follows the standard variables that the SDK leaves to its host", () => {
  expect(parse({})).toEqual({ traces: "http/protobuf", metrics: "http/protobuf", metricIntervalMs: 60_000 });
  expect(
    parse({
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: "http/protobuf",
      OTEL_METRIC_EXPORT_INTERVAL: "5000",
    }),
  ).toEqual({ traces: "http/json", metrics: "http/protobuf", metricIntervalMs: 5_000 });
  expect(parse({ OTEL_TRACES_EXPORTER: "none" })).toMatchObject({ traces: null, metrics: "http/protobuf" });
  expect(parse({ OTEL_METRICS_EXPORTER: "none" })).toMatchObject({ metrics: null });
});

it.each([
  ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"],
  ["OTEL_TRACES_EXPORTER", "zipkin"],
  ["OTEL_METRIC_EXPORT_INTERVAL", "10s"],
  ["OTEL_METRIC_EXPORT_INTERVAL", "2147483648"],
  ["OTEL_BSP_SCHEDULE_DELAY", "2147483648"],
  ["OTEL_EXPORTER_OTLP_TIMEOUT", "1e12"],
])("refuses %s=%s, saying what is allowed", (name, value) => {
  expect(() => parse({ [name]: value })).toThrow(`${name}="${value}" is not allowed: give`);
});
