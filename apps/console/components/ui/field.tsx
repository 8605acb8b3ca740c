import { type ReactNode, useId } from "react";

/** What a control inside a field must carry to be named and described by it. */
export interface FieldControl {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  /** Beside the label: the way back to a default, a count. */
  aside?: ReactNode;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, and below it the error or else the hint, tied together for screen readers. */
export function Field({ label, hint, error, aside, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <label htmlFor={id} className="text-small font-medium">
          {label}
        </label>
        {aside}
      </div>
      {children({
        id,
        ...(hasNote ? { "aria-describedby": noteId } : {}),
        ...(error === undefined ? {} : { "aria-invalid": true }),
      })}
      {hasNote && (
        <p
          id={noteId}
          {...(error === undefined ? {} : { role: "alert" })}
          className={error === undefined ? "text-label text-foreground-soft" : "text-label text-danger"}
        >
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
