/** An answer that refuses a request, in one of the shapes the service mixes. */
export interface Refusal {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The service's own shape: `{"error":{"message","code",…}}`. */
export function createServiceError(
  status: number,
  message: string,
  code: string,
  extra: Readonly<Record<string, string>> = {},
): Refusal {
  return json(status, { error: { message, code, ...extra } });
}

/** Bedrock's shape, passed through: `{"message"}`. */
export function createBedrockError(status: number, message: string): Refusal {
  return json(status, { message });
}

/** Anthropic's shape, passed through: `{"type":"error","error":{…},"request_id"}`. */
export function createAnthropicError(status: number, message: string, type = "invalid_request_error"): Refusal {
  return json(status, { type: "error", error: { type, message }, request_id: "req_simulated" });
}

/** GitHub's shape: `{"message"}` with a link to its documentation. */
export function createGitHubError(status: number, message: string): Refusal {
  return json(status, { message, documentation_url: "https://docs.github.com/rest", status: String(status) });
}

/** Plain text, as the service's outer layers answer. */
export function createTextError(status: number, text: string): Refusal {
  return { status, contentType: "text/plain; charset=utf-8", body: text };
}

/** An HTML page, as a proxy in front answers. */
export function createHtmlError(status: number, title: string): Refusal {
  const body = `<html><head><title>${status} ${title}</title></head><body><h1>${status} ${title}</h1></body></html>`;
  return { status, contentType: "text/html", body };
}

function json(status: number, value: unknown): Refusal {
  return { status, contentType: "application/json; charset=utf-8", body: JSON.stringify(value) };
}
