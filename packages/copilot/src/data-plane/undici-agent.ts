/// <reference path="./undici-files.d.ts" />
// By their files, not from undici's index: that loads its fetch, caches and mocks as well, which takes twice as long as all that
// an agent needs, and sets the dispatcher of Node's own `fetch`. The test beside says whether they are still the same.
import errors from "undici/lib/core/errors.js";
import Agent from "undici/lib/dispatcher/agent.js";

export { Agent, errors };
