import type { CreateInviteBody } from "@copilot-llm/gateway/admin-api";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input, Select } from "#components/ui/input";
import { RadioCards } from "#components/ui/radio-cards";
import { KeyExpiryField } from "../keys/key-expiry-field";
import { KeyLimitFields } from "../keys/key-limit-fields";
import { checkKeyForm, createKeyFormValues, encodeKeyForm, type KeyFormProblems } from "../keys/key-settings";
import { TeamField } from "../keys/team-field";

interface InviteFormProps {
  isBusy: boolean;
  error: Error | null;
  onCancel: () => void;
  onSubmit: (body: CreateInviteBody) => void;
}

const seats = ["own", "pool"] as const;
const linkDays = [1, 7, 30] as const;
const hoursPerDay = 24;

/** Whom to invite, which seats serve them, how long the link works, and what their key may do. */
export function InviteForm({ isBusy, error, onCancel, onSubmit }: InviteFormProps) {
  const t = useTranslations("tokens.invite");
  const tKey = useTranslations("keys.form");
  const tCommon = useTranslations("common");
  const [values, setValues] = useState(createKeyFormValues);
  const [seat, setSeat] = useState<(typeof seats)[number]>("own");
  const [days, setDays] = useState<(typeof linkDays)[number]>(7);
  const [problems, setProblems] = useState<KeyFormProblems>({});
  const change = (changed: Partial<typeof values>) => setValues((current) => ({ ...current, ...changed }));
  const errorOf = (field: Exclude<keyof KeyFormProblems, "alias">) => {
    const problem = problems[field];
    return problem === undefined ? undefined : tKey(`problems.${problem}`);
  };
  const submit = () => {
    const found = checkKeyForm(values, Date.now());
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    const { alias: name, github_token_ids: _tokens, note: _note, ...key } = encodeKeyForm(values);
    onSubmit({ name, expires_in_hours: days * hoursPerDay, own_seat_first: seat === "own", key });
  };
  return (
    <Form onSubmit={submit} isBusy={isBusy} className="contents">
      <DialogBody>
        <Field
          label={t("name")}
          hint={t("nameHint")}
          error={problems.alias === undefined ? undefined : t("nameRequired")}
        >
          {(control) => (
            <Input
              {...control}
              name="name"
              autoComplete="off"
              value={values.alias}
              onChange={(event) => change({ alias: event.target.value })}
            />
          )}
        </Field>
        <RadioCards
          label={t("seat")}
          name="seat"
          value={seat}
          options={seats.map((value) => ({ value, label: t(`seats.${value}`), text: t(`seatTexts.${value}`) }))}
          onChange={setSeat}
        />
        <TeamField teamId={values.teamId} onChange={(teamId) => change({ teamId })} />
        <KeyLimitFields values={values} onChange={change} errorOf={errorOf} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label={t("linkExpires")}>
            {(control) => (
              <Select
                {...control}
                value={days}
                onChange={(event) => setDays(linkDays.find((one) => String(one) === event.target.value) ?? days)}
              >
                {linkDays.map((one) => (
                  <option key={one} value={one}>
                    {t("days", { count: one })}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <KeyExpiryField
            label={t("keyExpires")}
            value={values.expiresAt}
            error={errorOf("expiresAt")}
            onChange={(expiresAt) => change({ expiresAt })}
          />
        </div>
        {error !== null && <ErrorNotice error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onCancel}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" isBusy={isBusy}>
          {t("submit")}
        </Button>
      </DialogFooter>
    </Form>
  );
}
