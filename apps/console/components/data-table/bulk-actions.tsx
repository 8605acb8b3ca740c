"use client";

import { useState } from "react";
import { ConfirmDialog } from "#components/confirm-dialog";
import { Button } from "#components/ui/button";
import { useToast } from "#components/ui/toast";
import { useErrorSentence } from "#lib/use-error-message";

interface BulkActionsProps<Verb extends string> {
  /** What the ticked rows are called. */
  names: readonly string[];
  /** In their order; deleting stands behind them. */
  verbs: readonly Verb[];
  run: (verb: Verb | "delete") => Promise<{ done: number; failed: number }>;
  /** What was done; rows that are still of interest can stay ticked. */
  onDone: (verb: Verb | "delete") => void;
  words: {
    verb: (verb: Verb | "delete") => string;
    done: (verb: Verb | "delete", count: number) => string;
    failed: (count: number) => string;
    deleteTitle: (count: number) => string;
    deleteText: string;
  };
}

const typedProofFrom = 10;

/** What can be done with several rows at once. Deleting names them, and asks for their number when they are many. */
export function BulkActions<Verb extends string>({ names, verbs, run, onDone, words }: BulkActionsProps<Verb>) {
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const [running, setRunning] = useState<Verb | "delete" | null>(null);
  const [isAsking, setIsAsking] = useState(false);
  const start = async (verb: Verb | "delete") => {
    setRunning(verb);
    try {
      const { done, failed } = await run(verb);
      if (failed === 0) showToast("done", words.done(verb, done));
      else showToast("failed", words.failed(failed));
      onDone(verb);
    } catch (error) {
      showToast("failed", errorSentence(error instanceof Error ? error : new Error(String(error))));
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
        title={words.deleteTitle(names.length)}
        confirmLabel={words.verb("delete")}
        isDangerous
        isBusy={running === "delete"}
        error={null}
        onConfirm={() => void start("delete")}
        {...(names.length > typedProofFrom ? { typedProof: String(names.length) } : {})}
      >
        <p>{names.join(", ")}</p>
        <p>{words.deleteText}</p>
      </ConfirmDialog>
    </>
  );
}
