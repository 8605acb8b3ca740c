"use client";

import type { OperatingSystem, Place } from "@copilot-llm/connect";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { CopyButton } from "#components/copy-button";
import { Prose } from "#components/prose";
import { useNoteText } from "./use-note-text";

interface PlaceViewProps {
  place: Place;
  system: OperatingSystem;
}

/** One thing to do, with exactly what goes where. */
export function PlaceView({ place, system }: PlaceViewProps) {
  const t = useTranslations("connect.places");
  const noteText = useNoteText();
  const shell = system === "windows" ? "windows" : "unix";
  const heading = place.title === null ? null : noteText(place.title);
  return (
    <li className="flex flex-col gap-2">
      {heading !== null && <h3 className="text-small font-medium">{heading}</h3>}
      {place.kind === "file" && (
        <>
          <Prose className="text-small text-foreground-soft" text={t(place.holdsKey ? "fileWithKey" : "file")} />
          <CodeBlock label={place.paths[system]} code={place.text} />
        </>
      )}
      {place.kind === "env" && (
        <CodeBlock label={t(shell === "windows" ? "powershell" : "shell")} code={place.text[shell]} />
      )}
      {place.kind === "command" && (
        <CodeBlock label={t(shell === "windows" ? "powershell" : "shell")} code={place.text[shell]} />
      )}
      {place.kind === "code" && (
        <>
          <CodeBlock label={t("install")} code={place.install} />
          <CodeBlock label={place.language === "python" ? "Python" : "TypeScript"} code={place.text} />
        </>
      )}
      {place.kind === "form" && (
        <div className="rounded-lg border">
          <p className="border-b bg-code px-3.5 py-2 text-label text-foreground-soft">
            {t("form", { location: place.location })}
          </p>
          <dl className="divide-y">
            {place.fields.map(([label, value]) => (
              <div key={label} className="grid items-center gap-x-4 py-1.5 pr-1.5 pl-3.5 sm:grid-cols-[12rem_1fr_auto]">
                <dt className="text-small text-foreground-soft">{label}</dt>
                <dd className="min-w-0 font-mono text-label break-all">{value}</dd>
                <dd>
                  <CopyButton text={value} label={t("copyField", { field: label })} />
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </li>
  );
}
