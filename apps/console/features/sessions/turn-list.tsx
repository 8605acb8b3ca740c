import {
  type ReactNode,
  type Ref,
  Suspense,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from "react";
import { LongListPart } from "#components/long-list/long-list-part";
import { classNames } from "#lib/class-names";
import type { LongListHandle, ShowRow } from "#lib/long-list";
import { collectTools } from "./collect-tools";
import { isLongConversation, listTurnRows, type ShownTurn, splitTurns, type TurnRow } from "./split-turns";
import { TurnRowView } from "./turn-row-view";

/** What can be asked of the list. */
export interface TurnListHandle {
  /** Hands over the element of a turn. */
  showTurn: ShowRow;
  /** The same for a row of a long conversation, as `splitTurns` makes them. */
  showRow: ShowRow;
  element: () => HTMLElement | null;
}

interface TurnListProps<Turn extends ShownTurn> {
  turns: readonly Turn[];
  /** More turns than those that are here. */
  hasMore?: boolean;
  isPlain: boolean;
  highlightedRequest: string | null;
  /** What stands under a turn. */
  footer: (turn: Turn) => ReactNode;
  ref?: Ref<TurnListHandle>;
}

const gapPx = 4;
/** So many turns are shown while the code of the long list is on its way. */
const shownMeanwhile = 100;

/** The turns of a conversation: each thing once, calls with their results. Of a long one those in sight. */
export function TurnList<Turn extends ShownTurn>(props: TurnListProps<Turn>) {
  const { turns, isPlain, highlightedRequest, hasMore = false } = props;
  const tools = useMemo(() => collectTools(turns), [turns]);
  const isLong = useMemo(() => isLongConversation(turns), [turns]);
  const rows = useMemo(() => (isLong ? splitTurns(turns) : listTurnRows(turns)), [turns, isLong]);
  const keys = useMemo(() => rows.map(({ key }) => key), [rows]);
  const short = useRef<HTMLOListElement>(null);
  const long = useRef<LongListHandle>(null);
  const early = useRef<Parameters<ShowRow> | null>(null);
  const attachLong = useCallback((handle: LongListHandle | null) => {
    long.current = handle;
    if (handle === null || early.current === null) return;
    handle.show(...early.current);
    early.current = null;
  }, []);
  useImperativeHandle(props.ref, () => createHandle({ rows, isLong, short, long, early }), [rows, isLong]);
  useEffect(() => {
    if (hasMore) LongListPart.preload();
  }, [hasMore]);
  const classOf = ({ turn }: TurnRow<Turn>) =>
    classNames(
      "flex scroll-mt-14 flex-col gap-3 rounded-lg py-2",
      turns.length > 1 && turn.request.id === highlightedRequest && "bg-info-soft/50 outline-8 outline-info-soft/50",
    );
  const view = (row: TurnRow<Turn>) => <TurnRowView row={row} tools={tools} isPlain={isPlain} footer={props.footer} />;
  const plain = (shown: readonly TurnRow<Turn>[]) => (
    <ol ref={short} className="flex flex-col gap-1 px-4 pb-4">
      {shown.map((row) => (
        <li key={row.key} tabIndex={-1} className={classOf(row)}>
          {view(row)}
        </li>
      ))}
    </ol>
  );
  if (!isLong) return plain(rows);
  return (
    <Suspense fallback={plain(rows.slice(0, shownMeanwhile))}>
      <LongListPart
        keys={keys}
        renderRow={(index) => {
          const row = rows[index];
          return row === undefined ? null : view(row);
        }}
        rowClassName={(index) => {
          const row = rows[index];
          return row === undefined ? "" : classOf(row);
        }}
        className="mx-4 mb-4"
        gapPx={gapPx}
        setSize={hasMore ? -1 : rows.length}
        readHeights={() => (rows.length === turns.length ? heightsOf(short.current) : [])}
        handle={attachLong}
      />
    </Suspense>
  );
}

function heightsOf(list: HTMLElement | null): readonly number[] {
  return [...(list?.children ?? [])].map((row) => row.getBoundingClientRect().height);
}

interface HandleParts {
  rows: readonly Pick<TurnRow<ShownTurn>, "isFirst">[];
  isLong: boolean;
  short: { readonly current: HTMLElement | null };
  long: { readonly current: LongListHandle | null };
  /** What was asked of the long list while its code was on its way. */
  early: { current: Parameters<ShowRow> | null };
}

function createHandle({ rows, isLong, short, long, early }: HandleParts): TurnListHandle {
  const showRow: ShowRow = (index, then) => {
    if (long.current !== null) {
      long.current.show(index, then);
      return;
    }
    if (isLong) {
      early.current = [index, then];
      return;
    }
    const element = short.current?.children.item(index);
    if (element instanceof HTMLElement) then(element);
  };
  return {
    showRow,
    showTurn: (turn, then) => {
      const first = rows.filter(({ isFirst }) => isFirst)[turn];
      if (first !== undefined) showRow(rows.indexOf(first), then);
    },
    element: () => long.current?.element() ?? short.current,
  };
}
