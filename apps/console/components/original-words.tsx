interface OriginalWordsProps {
  label: string;
  /** In English: what somebody else said, where the reader's language says it otherwise. */
  text: string;
}

/** Somebody's own words, for whoever opens them. */
export function OriginalWords({ label, text }: OriginalWordsProps) {
  return (
    <details className="mt-1 text-label">
      <summary className="cursor-pointer">{label}</summary>
      <p lang="en" className="mt-0.5 break-words">
        {text}
      </p>
    </details>
  );
}
