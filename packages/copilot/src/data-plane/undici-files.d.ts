declare module "undici/lib/dispatcher/agent.js" {
  const agent: typeof import("undici").Agent;
  export = agent;
}

declare module "undici/lib/core/errors.js" {
  const errors: typeof import("undici").errors;
  export = errors;
}
