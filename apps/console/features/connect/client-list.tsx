"use client";

import { type Client, type ClientKind, clients } from "@copilot-llm/connect";
import { Search } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Input } from "#components/ui/input";
import { Picker } from "#components/ui/picker";
import { classNames } from "#lib/class-names";

const kinds: readonly ClientKind[] = ["agent", "editor", "library", "service", "mcp", "shell"];

interface ClientListProps {
  current: string;
  hrefOf: (id: string) => string;
  onSelect: (id: string) => void;
}

/** Every known client by its kind, to search; on a phone one button that opens them. */
export function ClientList({ current, hrefOf, onSelect }: ClientListProps) {
  const t = useTranslations("connect");
  const [text, setText] = useState("");
  const words = text.trim().toLowerCase();
  const found = clients.filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(words));
  const groups = kinds
    .map((kind) => ({ kind, members: found.filter((client) => client.kind === kind) }))
    .filter(({ members }) => members.length > 0);
  return (
    <>
      <ClientPicker current={current} onSelect={onSelect} className="lg:hidden" />
      <nav aria-label={t("clients")} className="sticky top-18 flex flex-col gap-4 max-lg:hidden">
        <div className="relative">
          <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-foreground-soft" />
          <Input
            look="small"
            type="search"
            className="pl-8"
            aria-label={t("search")}
            placeholder={t("search")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        {groups.length === 0 && <p className="px-2.5 text-small text-foreground-soft">{t("noClient")}</p>}
        {groups.map(({ kind, members }) => (
          <div key={kind}>
            <h2 className="px-2.5 pb-1 text-label text-foreground-soft">{t(`kinds.${kind}`)}</h2>
            <ul>
              {members.map((client) => (
                <ClientEntry
                  key={client.id}
                  client={client}
                  isCurrent={client.id === current}
                  href={hrefOf(client.id)}
                />
              ))}
            </ul>
          </div>
        ))}
      </nav>
    </>
  );
}

/** The same as one button that opens them. */
export function ClientPicker(props: Pick<ClientListProps, "current" | "onSelect"> & { className?: string }) {
  const t = useTranslations("connect");
  return (
    <Picker
      label={t("client")}
      look="medium"
      className={classNames("w-full", props.className)}
      value={props.current}
      onSelect={props.onSelect}
      options={clients.map(({ id, name, kind }) => ({ value: id, label: name, detail: t(`kinds.${kind}`) }))}
    />
  );
}

function ClientEntry({ client, isCurrent, href }: { client: Client; isCurrent: boolean; href: string }) {
  return (
    <li>
      <Link
        href={href}
        replace
        scroll={false}
        aria-current={isCurrent ? "true" : undefined}
        className="block truncate rounded-md px-2.5 py-1 text-small text-foreground-soft hover:bg-muted hover:text-foreground aria-[current]:bg-muted aria-[current]:font-medium aria-[current]:text-foreground"
      >
        {client.name}
      </Link>
    </li>
  );
}
