import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { invalidField } from "./fields.js";
import { isArray, isObject, typeName } from "./json.js";

/** `model`: a string of sensible length. */
export function parseModel(body: JsonObject): string {
  const { model } = body;
  if (model === undefined || model === null) throw invalidField("model", "`model` is missing; name the model to use.");
  if (typeof model !== "string") throw invalidField("model", `\`model\` must be a string, not ${typeName(model)}.`);
  if (model.trim() === "") throw invalidField("model", "`model` is empty; name the model to use.");
  if (model.length > 256) throw invalidField("model", "`model` is longer than 256 characters.");
  return model;
}

/** `stream`: a boolean; absent and null mean false. */
export function parseStream(body: JsonObject): boolean {
  const { stream } = body;
  if (stream === undefined || stream === null) return false;
  if (typeof stream !== "boolean") {
    throw invalidField("stream", `\`stream\` must be true or false, not ${typeName(stream)}.`);
  }
  return stream;
}

/** A token limit: a whole number from 0 up; absent and null mean none. */
export function parseMaxTokens(body: JsonObject, name: string): number | null {
  const value = body[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "number") throw invalidField(name, `\`${name}\` must be a number, not ${typeName(value)}.`);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw invalidField(name, `\`${name}\` must be a whole number from 0 up, not ${value}.`);
  }
  return value;
}

/** The array `name`, with at least one item. */
export function parseItems(body: JsonObject, name: string): readonly JsonValue[] {
  const value = body[name];
  if (value === undefined || value === null) throw invalidField(name, `\`${name}\` is missing; send an array.`);
  if (!isArray(value)) throw invalidField(name, `\`${name}\` must be an array, not ${typeName(value)}.`);
  if (value.length === 0) throw invalidField(name, `\`${name}\` is empty; send at least one message.`);
  return value;
}

/** The item as an object. */
export function parseItem(value: JsonValue | undefined, param: string): JsonObject {
  if (!isObject(value)) throw invalidField(param, `\`${param}\` must be an object, not ${typeName(value)}.`);
  return value;
}

/** The message's role, one of `roles`. */
export function parseRole(message: JsonObject, param: string, roles: readonly string[]): string {
  const { role } = message;
  if (typeof role !== "string") {
    const found = role === undefined ? "missing" : `${typeName(role)}`;
    throw invalidField(`${param}.role`, `\`${param}.role\` is ${found}; it must be one of ${roles.join(", ")}.`);
  }
  if (!roles.includes(role)) {
    throw invalidField(
      `${param}.role`,
      `\`${param}.role\` is "${role.slice(0, 40)}"; it must be one of ${roles.join(", ")}.`,
    );
  }
  return role;
}

/** Message content: text, parts, or nothing. Strings come back as they are, everything else as a list of parts. */
export function parseContent(content: JsonValue | undefined, param: string): string | readonly JsonObject[] {
  if (typeof content === "string") return content;
  if (content === undefined || content === null) return [];
  if (!isArray(content)) {
    throw invalidField(param, `\`${param}\` must be a string or an array of parts, not ${typeName(content)}.`);
  }
  for (let index = 0; index < content.length; index += 1) parseItem(content[index], `${param}.${index}`);
  return content as readonly JsonObject[];
}
