import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import type { PlayNode } from "./conversation-tree";

interface VersionSwitchProps {
  node: PlayNode;
  versions: readonly PlayNode[];
  onChoose: (node: PlayNode) => void;
}

/** Goes through the versions of a message or of an answer; nothing where there is one only. */
export function VersionSwitch({ node, versions, onChoose }: VersionSwitchProps) {
  const t = useTranslations("playground");
  const index = versions.findIndex(({ id }) => id === node.id);
  if (versions.length < 2) return null;
  const go = (to: number) => {
    const version = versions[to];
    if (version !== undefined) onChoose(version);
  };
  return (
    <span className="inline-flex items-center text-label text-foreground-soft">
      <Button
        variant="ghost"
        size="tinyIcon"
        aria-label={t("previousVersion")}
        isDisabled={index === 0}
        onClick={() => go(index - 1)}
      >
        <ChevronLeft aria-hidden />
      </Button>
      <span className="tabular-nums">
        {index + 1}/{versions.length}
      </span>
      <Button
        variant="ghost"
        size="tinyIcon"
        aria-label={t("nextVersion")}
        isDisabled={index === versions.length - 1}
        onClick={() => go(index + 1)}
      >
        <ChevronRight aria-hidden />
      </Button>
    </span>
  );
}
