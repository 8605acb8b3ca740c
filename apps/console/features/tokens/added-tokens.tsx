"use client";

import { CircleAlert, CircleCheck } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { FactList } from "#components/detail-sheet";
import { OriginalWords } from "#components/original-words";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { type AddedGithubToken, type GithubToken, useGithubTokens } from "#lib/api/use-github-tokens";
import { useModels } from "#lib/api/use-models";
import { mapPlanName } from "./map-plan-name";
import { ReplaceTokenDialog } from "./replace-token-dialog";
import { TokenQuota } from "./token-quota";
import { useTokenReason } from "./use-token-reason";

interface AddedTokensProps {
  tokens: readonly AddedGithubToken[];
  onClose: () => void;
  onMore: () => void;
}

/** What GitHub said of the tokens just added. A refused one can be given another secret at once. */
export function AddedTokens({ tokens, onClose, onMore }: AddedTokensProps) {
  const t = useTranslations("tokens.add");
  const { data } = useGithubTokens();
  const [replacing, setReplacing] = useState<GithubToken | null>(null);
  // As the list has it by now: a mended token is no longer refused.
  const current = tokens.map((token) => data?.tokens.find(({ id }) => id === token.id) ?? token);
  return (
    <>
      <DialogBody>
        <ul className="flex flex-col gap-3">
          {current.map((token) => (
            <li key={token.id} className="rounded-lg border p-4">
              <AddedToken token={token} onReplace={() => setReplacing(token)} />
            </li>
          ))}
        </ul>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onMore}>
          {t("more")}
        </Button>
        <Button onClick={onClose}>{t("finish")}</Button>
      </DialogFooter>
      {replacing !== null && <ReplaceTokenDialog token={replacing} onClose={() => setReplacing(null)} />}
    </>
  );
}

/** Why a token cannot serve, in the reader's language as far as it is known, and GitHub's own words. */
function Refusal({ token }: { token: GithubToken }) {
  const t = useTranslations("tokens.detail");
  const reason = useTokenReason()(token);
  const { error_message: message } = token;
  return (
    <div className="mt-1.5 text-small text-foreground-soft">
      {reason !== null && <p>{reason}</p>}
      {message !== null && message !== "" && message !== reason && (
        <OriginalWords label={t("githubSays")} text={message} />
      )}
    </div>
  );
}

function AddedToken({ token, onReplace }: { token: GithubToken; onReplace: () => void }) {
  const t = useTranslations("tokens");
  const { data: models } = useModels();
  const isRefused = token.status === "auth_failed" || token.error_message !== null;
  const served = models?.filter((model) => model.tokens.some(({ id }) => id === token.id)).length;
  const Icon = isRefused ? CircleAlert : CircleCheck;
  return (
    <>
      <p role="status" className="flex items-center gap-2 text-small font-medium">
        <Icon aria-hidden className={isRefused ? "size-4 text-danger" : "size-4 text-ok"} />
        {t(isRefused ? "add.refused" : "add.done", { alias: token.alias })}
      </p>
      {isRefused ? (
        <>
          <Refusal token={token} />
          <Button variant="secondary" size="small" className="mt-3" onClick={onReplace}>
            {t("add.mend")}
          </Button>
        </>
      ) : (
        <div className="mt-3">
          <FactList
            facts={[
              [t("detail.login"), token.login === null ? "–" : `@${token.login}`],
              [t("detail.plan"), token.plan === null ? "–" : mapPlanName(token.plan)],
              [t("columns.quota"), <TokenQuota key="quota" token={token} />],
              served === undefined ? null : [t("detail.models"), t("detail.modelCount", { count: served })],
            ]}
          />
        </div>
      )}
    </>
  );
}
