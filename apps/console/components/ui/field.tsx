import { Label } from "radix-ui";
import { type ReactNode, useId } from "react";

/** What a control inside a field must carry to be named and described by it. */
interface FieldControl {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  children: (control: FieldControl) => ReactNode;
}

/** Label, control, and below it the error or else the hint, tied together for screen readers. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const hasNote = error !== undefined || hint !== undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Label.Root htmlFor={id} className="text-[0.8125rem] font-medium">
        {label}
      </Label.Root>
      {children({
        id,
        ...(hasNote ? { "aria-describedby": noteId } : {}),
        ...(error === undefined ? {} : { "aria-invalid": true }),
      })}
      {hasNote && (
        <p id={noteId} className={error === undefined ? "text-xs text-foreground-soft" : "text-xs text-danger"}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
