import type { ApiKey, RecordingMode } from "@copilot-llm/model";

const modesByWeight: readonly RecordingMode[] = ["off", "metadata", "full"];

/** The gateway's recording mode, or less where the key wants less. */
export function recordingModeFor(gateway: RecordingMode, key: ApiKey | null): RecordingMode {
  const own = key?.recording ?? gateway;
  return modesByWeight.indexOf(own) < modesByWeight.indexOf(gateway) ? own : gateway;
}
