import { IconCheck } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import classes from './DataTable.module.css';
import { usePreferences } from './preferences.ts';
import { rowAfterKey } from './row-keys.ts';

export interface TableColumn<Row> {
  readonly key: string;
  readonly header: string;
  /** A track of CSS grid, such as `120px` or `minmax(160px, 2fr)`. */
  readonly width: string;
  readonly align?: 'end';
  /** Digits of one width, for dates and numbers. */
  readonly tabular?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

/** Rows that were chosen to do something with all of them. */
export interface Marking {
  /** Over the boxes; read, not seen. */
  readonly header: string;
  readonly marked: ReadonlySet<string>;
  readonly onMark: (keys: readonly string[], marked: boolean) => void;
}

export interface DataTableHandle {
  /** Puts the focus on the selected row, else on the first; as soon as there is one. */
  focus(): void;
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly TableColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly selectedKey?: string | null;
  /** Arrow keys or a click came to a row. */
  readonly onSelect?: (row: Row) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void;
  /** Arrow up on the first row: back to the field above. */
  readonly onLeaveTop?: () => void;
  /** The last rows are in view or near it: more may be fetched. It may be called again and again. */
  readonly onNearEnd?: () => void;
  /** Space, Shift with an arrow, and a click on the box of a row mark it. */
  readonly marking?: Marking | undefined;
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode;
  /** Below the last row, for example 'Show more'. */
  readonly after?: ReactNode;
  readonly ref?: Ref<DataTableHandle>;
}

const rowHeights = { dense: 32, roomy: 40 } as const;

/** Dense rows, moved through by arrow keys; only the rows in view are in the page, so a long list costs no more. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, selectedKey, onSelect, onOpen, onLeaveTop } = props;
  const { onNearEnd, marking, empty, after, ref } = props;
  const density = usePreferences((state) => state.density);
  const height = rowHeights[density];
  const scroller = useRef<HTMLDivElement>(null);
  const [focusedKey, setFocusedKey] = useState<string | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialRect: { width: 800, height: 1200 },
  });
  const lastShown = virtual.getVirtualItems().at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 1) onNearEnd?.();
  });
  const indexOf = (key: string | null | undefined) => rows.findIndex((row) => rowKey(row) === key);
  const tabStop = Math.max(0, indexOf(selectedKey ?? focusedKey));

  const rowAt = (index: number) =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  /** Where the focus is going while its row is not drawn yet: keys pressed meanwhile go on from there. */
  const heading = useRef<number | null>(null);
  const focusRow = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setFocusedKey(rowKey(row));
    onSelect?.(row);
    virtual.scrollToIndex(index);
    const drawn = rowAt(index);
    heading.current = drawn ? null : index;
    if (drawn) drawn.focus({ preventScroll: true });
    // The row comes into the page only after scrolling.
    else
      requestAnimationFrame(() => {
        if (heading.current !== index) return;
        heading.current = null;
        rowAt(index)?.focus({ preventScroll: true });
      });
  };
  const cameFrom = useRef<Element | null>(null);
  useImperativeHandle(ref, () => ({
    focus: () => {
      if (rows.length > 0) focusRow(tabStop);
      else cameFrom.current = document.activeElement;
    },
  }));
  // Who wanted to go into the table before its rows were there goes there with them, unless they have moved on.
  useEffect(() => {
    if (cameFrom.current === null || rows.length === 0) return;
    if (document.activeElement === cameFrom.current) focusRow(tabStop);
    cameFrom.current = null;
  });

  const inTable = useRef(false);
  // The focused row may go with an answer that finds others: the focus then moves on instead of getting lost.
  useEffect(() => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (!inTable.current || !lost || indexOf(focusedKey) >= 0) return;
    inTable.current = false;
    if (rows.length > 0) focusRow(tabStop);
    else onLeaveTop?.();
  });

  /** Where the last row was marked by itself: a range goes on from there. */
  const anchor = useRef(0);
  const isMarked = (row: Row) => marking?.marked.has(rowKey(row)) ?? false;
  const toggle = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    anchor.current = index;
    marking?.onMark([rowKey(row)], !isMarked(row));
  };
  const markUpTo = (index: number) => {
    const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
    marking?.onMark(rows.slice(from, to + 1).map(rowKey), true);
  };

  const onKeyDown = (event: KeyboardEvent, focused: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = heading.current ?? focused;
    const row = rows[index];
    if (event.key === ' ' && marking) {
      event.preventDefault();
      toggle(index);
      return;
    }
    if (event.key === 'Enter' && row && onOpen) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    if (event.key === 'ArrowUp' && index === 0 && onLeaveTop) {
      event.preventDefault();
      onLeaveTop();
      return;
    }
    const target = rowAfterKey(event.key, index, rows.length);
    if (target === null) return;
    event.preventDefault();
    if (marking && event.shiftKey) {
      if (row !== undefined && !isMarked(row)) anchor.current = index;
      markUpTo(target);
    }
    focusRow(target);
  };

  const onClick = (event: MouseEvent, index: number, row: Row) => {
    const isBox = event.target instanceof Element && event.target.closest('[data-box]') !== null;
    if (marking && isBox && event.shiftKey) markUpTo(index);
    else if (marking && isBox) toggle(index);
    onSelect?.(row);
  };

  const tracks = [...(marking ? ['32px'] : []), ...columns.map((column) => column.width)];
  const template = { gridTemplateColumns: tracks.join(' ') };
  return (
    <div ref={scroller} className={classes.scroller}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by the virtualizer, which table layout cannot do */}
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-multiselectable={marking !== undefined}
        className={classes.table}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the heading row is read, not entered */}
        <div role="row" aria-rowindex={1} className={classes.head} style={template}>
          {marking && (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div role="columnheader" className={classes.cell}>
              <span className="visually-hidden">{marking.header}</span>
            </div>
          )}
          {columns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div key={column.key} role="columnheader" className={classes.cell} data-align={column.align}>
              {column.header}
            </div>
          ))}
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="rowgroup" className={classes.rows} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              // biome-ignore lint/a11y/useSemanticElements: as above
              <div
                key={key}
                role="row"
                data-index={index}
                aria-rowindex={index + 2}
                data-current={(marking && key === selectedKey) || undefined}
                aria-selected={marking ? marking.marked.has(key) : key === selectedKey}
                tabIndex={index === tabStop ? 0 : -1}
                className={classes.row}
                style={{ ...template, height, transform: `translateY(${start}px)` }}
                onFocus={() => {
                  inTable.current = true;
                  setFocusedKey(key);
                }}
                onBlur={(event) => {
                  if (event.relatedTarget) inTable.current = false;
                }}
                onClick={(event) => onClick(event, index, row)}
                onDoubleClick={() => onOpen?.(row)}
                onKeyDown={(event) => onKeyDown(event, index)}
              >
                {marking && (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  // biome-ignore lint/a11y/useFocusableInteractive: as above
                  <div role="gridcell" className={classes.mark} data-box>
                    <span className={classes.box}>
                      {marking.marked.has(key) && <IconCheck size={14} stroke={2.4} aria-hidden />}
                    </span>
                  </div>
                )}
                {columns.map((column) => (
                  // biome-ignore lint/a11y/useSemanticElements: as above
                  // biome-ignore lint/a11y/useFocusableInteractive: the row is the stop, as in a list
                  <div
                    key={column.key}
                    role="gridcell"
                    className={classes.cell}
                    data-align={column.align}
                    data-tabular={column.tabular}
                  >
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {rows.length === 0 && empty}
      {after && <div className={classes.after}>{after}</div>}
    </div>
  );
}
