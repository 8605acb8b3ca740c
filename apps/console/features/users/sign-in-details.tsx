import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import type { UserFormValues } from "./check-user-form";

interface SignInDetailsProps {
  title: string;
  values: Pick<UserFormValues, "username" | "password">;
  onClose: () => void;
}

/** What somebody signs in with, shown this once. */
export function SignInDetails({ title, values, onClose }: SignInDetailsProps) {
  const t = useTranslations("users.details");
  const address = `${window.location.origin}/login/`;
  const lines = [
    [t("address"), address],
    [t("username"), values.username.trim()],
    [t("password"), values.password],
  ] as const;
  return (
    <Dialog isOpen onClose={onClose} title={title} description={t("text")} closesOnlyByButton>
      <DialogBody>
        <dl className="divide-y rounded-lg border">
          {lines.map(([label, value]) => (
            <div key={label} className="flex items-center gap-3 px-3.5 py-2">
              <dt className="w-28 shrink-0 text-label text-foreground-soft">{label}</dt>
              <dd className="min-w-0 flex-1 font-mono text-label break-all">{value}</dd>
            </div>
          ))}
        </dl>
      </DialogBody>
      <DialogFooter>
        <CopyButton
          text={lines.map(([label, value]) => `${label}: ${value}`).join("\n")}
          label={t("copy")}
          withText={t("copy")}
        />
        <Button onClick={onClose}>{t("done")}</Button>
      </DialogFooter>
    </Dialog>
  );
}
