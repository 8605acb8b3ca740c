import type { GatewaySettings } from "../../env/gateway-settings.js";
import { type Finding, ok, problem, warning } from "./finding.js";
import { type Probe, probeAddress, type TlsFacts } from "./probe-address.js";

const usualGithub = "https://api.github.com";
const usualCopilot = "https://api.githubcopilot.com";
/** Tokens of GitHub Apps are refused beyond a minute; limits by the day begin when this clock says so. */
const badSkewMs = 60_000;
const someSkewMs = 5_000;

type NetworkSettings = Pick<
  GatewaySettings,
  "githubApiUrl" | "copilotApiUrl" | "httpsProxy" | "noProxy" | "extraCaCertsFile"
>;

/** Whether GitHub and Copilot can be reached, who is in between, and whether this machine's clock agrees with GitHub's. */
export async function checkNetwork(settings: NetworkSettings, nowMs: () => number): Promise<readonly Finding[]> {
  const targets = [
    ["github", settings.githubApiUrl ?? usualGithub],
    ["copilot", settings.copilotApiUrl ?? usualCopilot],
  ] as const;
  const probes = await Promise.all(
    targets.map(async ([check, address]) => ({ check, address, probe: await probeAddress(address, settings, nowMs) })),
  );
  const github = probes[0]?.probe;
  return [
    ...probes.map(({ check, address, probe }) => describeProbe(check, address, probe)),
    ...(github?.reached && github.dateMs !== null ? [describeClock(github.dateMs, github.atMs)] : []),
  ];
}

function describeProbe(check: string, address: string, probe: Probe): Finding {
  const way = probe.viaProxy === null ? "" : ` through ${hideLogin(probe.viaProxy)}`;
  if (!probe.reached) {
    const mend =
      probe.viaProxy === null
        ? "Check the network and the firewall; behind a corporate proxy set HTTPS_PROXY."
        : "Check HTTPS_PROXY, and NO_PROXY for addresses that need no proxy.";
    return problem(check, `${address} cannot be reached${way}: ${probe.why}.`, mend);
  }
  if (probe.tls?.knownFrom === "nobody") return describeStranger(check, address, probe.tls);
  const signer = probe.tls?.knownFrom === "extra" ? `, signed by ${probe.tls.issuer} (NODE_EXTRA_CA_CERTS)` : "";
  return ok(check, `${address} answers${way}${signer}.`);
}

function describeStranger(check: string, address: string, { issuer, refusal }: TlsFacts): Finding {
  const message = `The certificate of ${address} is signed by ${issuer}, whom Node does not know (${refusal}): TLS is inspected on the way.`;
  return problem(check, message, "Set NODE_EXTRA_CA_CERTS to a PEM file with that signer's certificate; IT has it.");
}

function describeClock(theirsMs: number, oursMs: number): Finding {
  // Their date has no fractions of a second.
  const skewMs = oursMs - (theirsMs + 500);
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const message = `This machine's clock is ${seconds} s ${skewMs < 0 ? "behind" : "ahead of"} GitHub's.`;
  const mend = "Let the machine take its time from the network (timedatectl set-ntp true).";
  if (Math.abs(skewMs) >= badSkewMs) return problem("clock", message, mend);
  if (Math.abs(skewMs) >= someSkewMs) return warning("clock", message, mend);
  return ok("clock", "This machine's clock agrees with GitHub's.");
}

function hideLogin(proxy: string): string {
  const { protocol, host } = new URL(proxy);
  return `${protocol}//${host}`;
}
