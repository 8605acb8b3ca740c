import { Tabs as RadixTabs } from "radix-ui";
import type { ReactNode } from "react";

interface TabsProps {
  label: string;
  tabs: readonly { id: string; label: string; content: ReactNode }[];
}

/** A row of tabs, moved through with the arrow keys. */
export function Tabs({ label, tabs }: TabsProps) {
  const [first] = tabs;
  if (first === undefined) return null;
  return (
    <RadixTabs.Root defaultValue={first.id} className="flex min-w-0 flex-col gap-2">
      <RadixTabs.List aria-label={label} className="flex gap-1 overflow-x-auto rounded-lg bg-muted p-1">
        {tabs.map((tab) => (
          <RadixTabs.Trigger
            key={tab.id}
            value={tab.id}
            className="h-7 flex-1 rounded-md px-2.5 text-xs font-medium whitespace-nowrap text-foreground-soft hover:text-foreground data-[state=active]:bg-surface-raised data-[state=active]:text-foreground data-[state=active]:shadow-sm max-sm:h-9"
          >
            {tab.label}
          </RadixTabs.Trigger>
        ))}
      </RadixTabs.List>
      {tabs.map((tab) => (
        <RadixTabs.Content key={tab.id} value={tab.id} tabIndex={-1} className="min-w-0">
          {tab.content}
        </RadixTabs.Content>
      ))}
    </RadixTabs.Root>
  );
}
