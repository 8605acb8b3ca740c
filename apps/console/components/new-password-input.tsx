import { Dices } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { createPassword } from "#lib/create-password";

interface NewPasswordInputProps extends Omit<ComponentProps<"input">, "type" | "value" | "onChange"> {
  value: string;
  onChange: (value: string) => void;
}

/** A password for somebody else: in sight, so that it can be passed on, and made up on demand. */
export function NewPasswordInput({ value, onChange, ...rest }: NewPasswordInputProps) {
  const t = useTranslations("common");
  const [isMade, setIsMade] = useState(false);
  return (
    <div className="flex gap-2">
      <Input
        {...rest}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          setIsMade(false);
          onChange(event.target.value);
        }}
        className={isMade ? "font-mono" : ""}
      />
      <Button
        variant="secondary"
        onClick={() => {
          setIsMade(true);
          onChange(createPassword((bytes) => crypto.getRandomValues(bytes)));
        }}
      >
        <Dices aria-hidden />
        {t("makePassword")}
      </Button>
    </div>
  );
}
