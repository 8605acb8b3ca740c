"use client";

import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { Card } from "#components/ui/card";
import { Skeleton } from "#components/ui/skeleton";
import { useSettings } from "#lib/api/use-settings";
import { createLazyPart } from "#lib/lazy-part";
import { AboutSection } from "./about-section";
import { AccessSection } from "./access-section";
import { AccountSection } from "./account-section";
import { BatchesSection } from "./batches-section";
import { DataSection } from "./data-section";
import type { KeyDefaultsSectionProps } from "./key-defaults-section";
import { NamesSection } from "./names-section";
import { RecordingSection } from "./recording-section";
import { RoutingSection } from "./routing-section";
import { SignInsSection } from "./sign-ins-section";
import { StartSection } from "./start-section";
import { useHashScroll } from "./use-hash-scroll";

const KeyDefaultsSection = createLazyPart<KeyDefaultsSectionProps>(
  async () => (await import("./key-defaults-section")).KeyDefaultsSection,
);

const sections = [
  ["account", "account"],
  ["sign-ins", "signIns"],
  ["routing", "routing"],
  ["names", "names"],
  ["keys", "keyDefaults"],
  ["batches", "batches"],
  ["recording", "recording"],
  ["access", "access"],
  ["data", "data"],
  ["start", "start"],
  ["about", "about"],
] as const;

/** How does the gateway behave, and what may be changed while it runs? */
export function SettingsPage() {
  const t = useTranslations("settings");
  const { data: settings, error, refetch } = useSettings();
  useHashScroll(settings !== undefined);
  return (
    <>
      <PageHeader title={t("title")} />
      <PageBody width="narrow" className="lg:grid lg:grid-cols-[11rem_minmax(0,1fr)] lg:items-start lg:gap-8">
        <nav aria-label={t("sections")} className="sticky top-18 flex flex-col max-lg:hidden">
          {sections.map(([id, name]) => (
            <a
              key={id}
              href={`#${id}`}
              className="rounded-md px-2.5 py-1.5 text-small text-foreground-soft hover:bg-muted hover:text-foreground"
            >
              {t(`${name}.title`)}
            </a>
          ))}
        </nav>
        <div className="flex min-w-0 flex-col gap-6">
          <AccountSection />
          <SignInsSection />
          {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
          {settings === undefined && error === null && <ListSkeleton rowHeight="double" />}
          {settings !== undefined && (
            <>
              <RoutingSection settings={settings} />
              <NamesSection settings={settings} />
              <Suspense
                fallback={
                  <Card className="h-96 p-4">
                    <Skeleton className="h-4 w-40" />
                  </Card>
                }
              >
                <KeyDefaultsSection settings={settings} />
              </Suspense>
              <BatchesSection settings={settings} />
              <RecordingSection settings={settings} />
              <AccessSection settings={settings} />
            </>
          )}
          <DataSection />
          {settings !== undefined && <StartSection settings={settings} />}
          <AboutSection />
        </div>
      </PageBody>
    </>
  );
}
