import type { AuditEvent } from "@copilot-llm/model";

/**
 * What the trail is to say of a change, given what comes of it. A verb that takes it makes the change and puts the event
 * on the trail as one step: both or neither, whatever fails and whenever the process ends. Called once, synchronously,
 * as soon as the change is known to be possible; not called where there is nothing to change. What it throws refuses the
 * change.
 *
 * Null says nothing: for what no person did, such as an import or what GitHub tells of an account.
 */
export type Audited<Result> = ((result: Result) => AuditEvent) | null;
