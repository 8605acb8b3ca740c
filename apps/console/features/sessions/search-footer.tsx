import { useTranslations } from "use-intl";
import { LoadMore } from "#components/data-table/load-more";
import { ExactTime } from "#components/relative-time";

interface SearchFooterProps {
  /** How far back a search has looked; null where nobody searches, or it has ended. */
  searchedTo: string | null;
  hasMore: boolean;
  isLoading: boolean;
  onLoad: () => void;
}

/** Below a list: how far back a search has looked, and how to go on. */
export function SearchFooter({ searchedTo, hasMore, isLoading, onLoad }: SearchFooterProps) {
  const t = useTranslations("sessions");
  return (
    <>
      {searchedTo !== null && hasMore && (
        <p className="px-4 pt-3 text-center text-label text-foreground-soft">
          {t.rich("searchedTo", { time: () => <ExactTime time={searchedTo} /> })}
        </p>
      )}
      <LoadMore hasMore={hasMore} isLoading={isLoading} onLoad={onLoad} />
    </>
  );
}
