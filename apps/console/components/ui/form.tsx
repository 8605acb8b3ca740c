import { type ReactNode, useEffect, useRef, useState } from "react";

interface FormProps {
  onSubmit: () => void;
  className?: string;
  children: ReactNode;
}

/** A form that checks itself: when a submission finds problems, the focus goes to the first field with one. */
export function Form({ onSubmit, className, children }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [submissions, setSubmissions] = useState(0);
  useEffect(() => {
    if (submissions > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [submissions]);
  return (
    <form
      ref={form}
      noValidate
      className={className}
      onSubmit={(event) => {
        event.preventDefault();
        setSubmissions((count) => count + 1);
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
