"use client";

import type { JoinState } from "@copilot-llm/gateway/admin-api";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { AuthFrame } from "#features/auth/auth-frame";
import { AuthWaiting } from "#features/auth/auth-waiting";
import { useInvitation } from "#lib/api/use-join";
import { JoinForm } from "./join-form";
import { JoinWaiting } from "./join-waiting";
import { JoinedKey } from "./joined-key";

type Joining = Extract<JoinState, { status: "pending" }>;
type Joined = Extract<JoinState, { status: "complete" }>;

/** What will be stored, whose requests will run on my seat, and how do I leave? One question a screen. */
export function JoinPage() {
  const t = useTranslations("join");
  const code = useSearchParams().get("code") ?? "";
  const { data: invitation, error } = useInvitation(code);
  const [joining, setJoining] = useState<Joining | null>(null);
  const [joined, setJoined] = useState<Joined | null>(null);
  if (joined !== null) {
    return (
      <AuthFrame title={t("joined.title")} description={t("joined.text")}>
        <JoinedKey value={joined.key.key} />
      </AuthFrame>
    );
  }
  if (code === "") return <AuthFrame title={t("gone.title")} description={t("noCode")} />;
  if (error !== null) {
    return (
      <AuthFrame title={t("gone.title")} description={t("gone.text")}>
        <ErrorNotice error={error} />
      </AuthFrame>
    );
  }
  if (invitation === undefined) return <AuthWaiting />;
  const take = (state: JoinState) => {
    if (state.status === "complete") setJoined(state);
    else if (state.status === "pending") setJoining(state);
  };
  return (
    <AuthFrame
      title={t("title", { name: invitation.name })}
      description={t("description", { by: invitation.invited_by })}
    >
      {joining === null ? (
        <JoinForm code={code} invitation={invitation} onState={take} />
      ) : (
        <JoinWaiting code={code} joining={joining} onJoined={take} onAgain={() => setJoining(null)} />
      )}
    </AuthFrame>
  );
}
