import type { SimulatorClock } from "../clock.js";
import type { ServiceIds } from "../service-ids.js";

/** What a device code request answers with, in GitHub's field names. */
export interface DeviceCode {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly expires_in: number;
  readonly interval: number;
}

/** What a poll answers with. */
export type DevicePoll =
  | { readonly login: string }
  | { readonly error: "authorization_pending" | "expired_token" | "access_denied" | "incorrect_device_code" }
  | { readonly error: "slow_down"; readonly interval: number };

/** GitHub's device flow. The person's part is played by `approve` and `deny`. */
export interface DeviceFlow {
  start(clientId: string, verificationUri: string): DeviceCode;
  poll(clientId: string, deviceCode: string): DevicePoll;
  /** False when no such code is waiting. */
  approve(userCode: string, login: string): boolean;
  deny(userCode: string): boolean;
  waiting(): readonly string[];
}

interface PendingDevice {
  readonly clientId: string;
  readonly deviceCode: string;
  readonly expiresAtMs: number;
  nextPollAtMs: number;
  intervalSeconds: number;
  decision: { login: string } | "denied" | undefined;
}

const expiresInSeconds = 900;
const slowDownSeconds = 5;

/** `intervalSeconds` between polls; one that comes sooner is told to slow down. */
export function createDeviceFlow(clock: SimulatorClock, ids: ServiceIds, intervalSeconds: number): DeviceFlow {
  const byUserCode = new Map<string, PendingDevice>();

  const decide = (userCode: string, decision: PendingDevice["decision"]): boolean => {
    const pending = byUserCode.get(userCode);
    if (pending === undefined || pending.decision !== undefined) return false;
    pending.decision = decision;
    return true;
  };

  return {
    start: (clientId, verificationUri) => {
      const deviceCode = ids.next("device-");
      const userCode = `SIM${(byUserCode.size + 1).toString().padStart(1, "0")}-${deviceCode.slice(-4).toUpperCase()}`;
      byUserCode.set(userCode, {
        clientId,
        deviceCode,
        expiresAtMs: clock.nowMs() + expiresInSeconds * 1000,
        nextPollAtMs: clock.nowMs(),
        intervalSeconds,
        decision: undefined,
      });
      return {
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: verificationUri,
        expires_in: expiresInSeconds,
        interval: intervalSeconds,
      };
    },
    poll: (clientId, deviceCode) => {
      const entry = [...byUserCode].find(([, device]) => device.deviceCode === deviceCode);
      if (entry === undefined || entry[1].clientId !== clientId) return { error: "incorrect_device_code" };
      const [userCode, device] = entry;
      const nowMs = clock.nowMs();
      if (nowMs >= device.expiresAtMs) return { error: "expired_token" };
      if (device.decision === "denied") return { error: "access_denied" };
      if (device.decision !== undefined) {
        byUserCode.delete(userCode);
        return device.decision;
      }
      if (nowMs < device.nextPollAtMs) {
        device.intervalSeconds += slowDownSeconds;
        device.nextPollAtMs = nowMs + device.intervalSeconds * 1000;
        return { error: "slow_down", interval: device.intervalSeconds };
      }
      device.nextPollAtMs = nowMs + device.intervalSeconds * 1000;
      return { error: "authorization_pending" };
    },
    approve: (userCode, login) => decide(userCode, { login }),
    deny: (userCode) => decide(userCode, "denied"),
    waiting: () => [...byUserCode].filter(([, device]) => device.decision === undefined).map(([userCode]) => userCode),
  };
}
