import type { FaultParameters } from "./fault-effect.js";
import type { FaultName } from "./fault-presets.js";

/** A fault as a test or the control route asks for it. */
export interface FaultRequest extends FaultParameters {
  readonly name: FaultName;
  /** Login or token; absent means every account. */
  readonly account?: string;
  readonly model?: string;
  /** Exact path, or a plane. Default: the plane the preset is about, mostly `inference`. */
  readonly endpoint?: string;
  /** How many requests it hits; default: until it is removed. */
  readonly times?: number;
  /** Requests let through first. */
  readonly skip?: number;
}

/** A fault in force. */
export interface ActiveFault {
  readonly id: string;
  readonly request: FaultRequest;
  /** Requests still to let through, and still to hit. */
  readonly skip: number;
  readonly remaining: number;
}
