/** How clients that let a provider be named call the gateway. */
export const providerId = "copilot-llm";

/** The same for people. */
export const providerName = "Copilot LLM Provider";

/** The variable that holds the key where a client reads it from one of our choosing. */
export const keyVariable = "COPILOT_LLM_KEY";
