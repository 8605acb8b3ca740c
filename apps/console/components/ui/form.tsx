import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";

interface FormProps {
  onSubmit: () => void;
  /** A submission is under way: another one is not taken. */
  isBusy?: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * A form that checks itself: when a submission finds problems, the focus goes to the first field with one.
 * Ctrl or Cmd with Enter submits from anywhere in it.
 */
export function Form({ onSubmit, isBusy = false, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [submissions, setSubmissions] = useState(0);
  useEffect(() => {
    if (submissions > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [submissions]);
  const submitByKeyboard = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    <form
      ref={form}
      noValidate
      className={className}
      onKeyDown={submitByKeyboard}
      onSubmit={(event) => {
        event.preventDefault();
        if (isBusy) return;
        setSubmissions((count) => count + 1);
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
