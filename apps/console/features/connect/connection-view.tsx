"use client";

import type { Client, Connection, OperatingSystem, Place } from "@copilot-llm/connect";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { Notice } from "#components/notice";
import { Prose } from "#components/prose";
import { Card, CardHeader } from "#components/ui/card";
import { Segmented } from "#components/ui/segmented";
import { PlaceView } from "./place-view";
import { useNoteText } from "./use-note-text";

interface ConnectionViewProps {
  client: Client;
  connection: Connection;
  origin: string;
  keyText: string;
  system: OperatingSystem;
  onSystem: (system: OperatingSystem) => void;
  /** Sends a request as this client would. */
  test: ReactNode;
}

const systemNames = { macos: "macOS", linux: "Linux", windows: "Windows" } as const;

/** How one client is pointed at this gateway: what stands in the way, what to paste, how to check, how to go back. */
export function ConnectionView(props: ConnectionViewProps) {
  const { client, connection, origin, keyText, system, onSystem, test } = props;
  const t = useTranslations("connect");
  const noteText = useNoteText();
  const steps = connection.places.filter(({ isAlternative }) => !isAlternative);
  const alternatives = connection.places.filter(({ isAlternative }) => isAlternative);
  const isWritten = connection.places.some(({ kind }) => kind === "file");
  const shell = system === "windows" ? "windows" : "unix";
  return (
    <Card aria-labelledby="client">
      <CardHeader id="client" title={client.name}>
        <Segmented
          label={t("system")}
          value={system}
          options={(["macos", "linux", "windows"] as const).map((value) => ({ value, label: systemNames[value] }))}
          onChange={onSystem}
        />
      </CardHeader>
      <div className="flex flex-col gap-6 p-4">
        {connection.problems.map((problem) => (
          <Notice key={problem.key} tone="warn">
            <Prose text={noteText(problem)} />
          </Notice>
        ))}
        {isWritten && (
          <Part title={t("quick.title")}>
            <Prose className="text-small text-foreground-soft" text={t("quick.text")} />
            <CodeBlock
              label={t(shell === "windows" ? "places.powershell" : "places.shell")}
              code={`copilot-llm connect ${client.id} --url ${origin} --key ${keyText} --write`}
            />
          </Part>
        )}
        <Part title={t(isWritten ? "byHand" : "steps")}>
          <Places places={steps} system={system} />
        </Part>
        {alternatives.length > 0 && (
          <details>
            <summary className="cursor-pointer rounded text-small font-medium">{t("otherWay")}</summary>
            <div className="mt-3">
              <Places places={alternatives} system={system} />
            </div>
          </details>
        )}
        <Part title={t("verify")}>
          {connection.verify !== null && (
            <CodeBlock
              label={t(shell === "windows" ? "places.powershell" : "places.shell")}
              code={connection.verify[shell]}
            />
          )}
          {test}
        </Part>
        <Part title={t("expect")}>
          <ul className="list-disc space-y-1.5 pl-5 text-small text-foreground-soft">
            {[connection.onRefusal, ...connection.notes].map((note) => (
              <li key={note.key}>
                <Prose text={noteText(note)} />
              </li>
            ))}
          </ul>
        </Part>
        <Part title={t("undo")}>
          <Prose className="text-small text-foreground-soft" text={noteText(connection.undo)} />
        </Part>
      </div>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-2.5">
      <h2 className="flex items-center gap-1.5 text-body font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Places({ places, system }: { places: readonly Place[]; system: OperatingSystem }) {
  return (
    <ol className="flex min-w-0 flex-col gap-5">
      {places.map((place) => (
        <PlaceView key={place.id} place={place} system={system} />
      ))}
    </ol>
  );
}
