import { useTranslations } from "use-intl";
import { parseTokenPrefix } from "./check-pasted-token";

const keyOf = { github_pat_: "fineGrained", gho_: "oauth", ghu_: "userToServer", ghp_: "classic" } as const;

/** What a pasted token is by its beginning, and what it needs. Said aloud when it changes. */
export function TokenHint({ pasted }: { pasted: string }) {
  const t = useTranslations("tokens.add.kinds");
  const prefix = parseTokenPrefix(pasted);
  return (
    <p role="status" className="text-label text-foreground-soft empty:hidden">
      {prefix === null ? null : t(keyOf[prefix])}
    </p>
  );
}
