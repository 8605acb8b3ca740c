"use client";

import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { useErrorSentence } from "#lib/use-error-message";

/** A ticked row, as far as it matters here. */
interface TickedRow {
  id: string;
  alias: string;
  enabled: boolean;
}

interface BulkActionsProps<Verb extends string> {
  rows: readonly TickedRow[];
  /** In their order; deleting stands behind them. */
  verbs: readonly Verb[];
  /** Also called for what is taken back, by when the rows may not be ticked any more. */
  run: (verb: Verb | "delete", ids: readonly string[]) => Promise<{ done: number; failed: number }>;
  /** What was done; rows that are still of interest can stay ticked. */
  onDone: (verb: Verb | "delete") => void;
  words: {
    verb: (verb: Verb | "delete") => string;
    done: (verb: Verb | "delete", count: number) => string;
    failed: (count: number) => string;
    deleteTitle: (count: number) => string;
    deleteText: ReactNode;
  };
}

/** What each action leaves alone, since it is so already, and what takes it back. */
const ways: Readonly<Record<string, { isSo: (row: TickedRow) => boolean; back: string } | undefined>> = {
  enable: { isSo: ({ enabled }) => enabled, back: "disable" },
  disable: { isSo: ({ enabled }) => !enabled, back: "enable" },
};

const typedProofFrom = 10;

/**
 * What can be done with several rows at once. Enabling and disabling can be taken back; deleting names the rows, and asks
 * for their number when they are many.
 */
export function BulkActions<Verb extends string>({ rows, verbs, run, onDone, words }: BulkActionsProps<Verb>) {
  const tCommon = useTranslations("common");
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const [running, setRunning] = useState<Verb | "delete" | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const runAndTell = async (verb: Verb | "delete", ids: readonly string[], undo?: () => void) => {
    try {
      const { done, failed } = await run(verb, ids);
      if (failed > 0) showToast("failed", words.failed(failed));
      else if (undo === undefined) showToast("done", words.done(verb, done));
      else showToast("done", words.done(verb, done), { action: { label: tCommon("undo"), onAction: undo } });
      return true;
    } catch (error) {
      showToast("failed", errorSentence(error instanceof Error ? error : new Error(String(error))));
      return false;
    }
  };
  /** Takes back what the action changes, and not what was so before. */
  const undoOf = (verb: Verb | "delete") => {
    const way = ways[verb];
    const back = verbs.find((other) => other === way?.back);
    const changed = rows.filter((row) => way?.isSo(row) === false).map(({ id }) => id);
    return back === undefined || changed.length === 0 ? undefined : () => void runAndTell(back, changed);
  };
  const start = async (verb: Verb | "delete") => {
    setRunning(verb);
    try {
      const ids = rows.map(({ id }) => id);
      if (await runAndTell(verb, ids, undoOf(verb))) onDone(verb);
    } finally {
      setRunning(null);
      setIsAsking(false);
    }
  };
  return (
    <>
      {verbs.map((verb) => (
        <Button
          key={verb}
          variant="outline"
          size="small"
          isBusy={running === verb}
          isDisabled={running !== null}
          onClick={() => void start(verb)}
        >
          {words.verb(verb)}
        </Button>
      ))}
      <Button variant="dangerGhost" size="small" isDisabled={running !== null} onClick={() => setIsAsking(true)}>
        {words.verb("delete")}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title={words.deleteTitle(rows.length)}
        confirmLabel={words.verb("delete")}
        isDangerous
        isBusy={running === "delete"}
        error={null}
        onConfirm={() => void start("delete")}
        {...(rows.length > typedProofFrom ? { typedProof: String(rows.length) } : {})}
      >
        <p>{rows.map(({ alias }) => alias).join(", ")}</p>
        {words.deleteText}
      </ConfirmDialog>
    </>
  );
}
