import { type ReactNode, useRef } from 'react';
import type { Certainty } from '#shared/contract/appointments.ts';
import { CertaintyMark } from './CertaintyMark.tsx';
import { DataTable, type DataTableHandle, type DataTableProps } from './DataTable.tsx';
import type { KeyBinding } from './keys/registry.ts';
import { useKeys } from './keys/useKeys.ts';
import frame from './ListScreen.module.css';
import classes from './SearchedTable.module.css';
import { SearchField } from './SearchField.tsx';

interface SearchedTableProps<Row>
  extends Pick<DataTableProps<Row>, 'rows' | 'columns' | 'rowKey' | 'onOpen' | 'onNearEnd' | 'empty'> {
  /** Names the screen, its keys and the table. */
  readonly title: string;
  /** How many there are, in words. */
  readonly count?: ReactNode;
  /** Names the field. */
  readonly search: string;
  readonly text: string;
  readonly onText: (typed: string) => void;
  /** Besides `/`. */
  readonly keys?: readonly KeyBinding[];
  /** At the end of the bar. */
  readonly actions?: ReactNode;
  /** Between bar and table. */
  readonly notes?: ReactNode;
}

/** A screen that is one table and the field that looks through it: `/` leads into the field, arrows to the table and back. */
export function SearchedTable<Row>(props: SearchedTableProps<Row>) {
  const { title, count, search, text, onText, keys = [], actions, notes, ...table } = props;
  const field = useRef<HTMLInputElement>(null);
  const rows = useRef<DataTableHandle>(null);
  useKeys(title, [{ keys: '/', label: search, run: () => field.current?.focus() }, ...keys]);
  return (
    <div className={frame.screen}>
      <div className={`${frame.bar} ${classes.bar}`}>
        <h1 className={`${frame.title} ${classes.title}`}>{title}</h1>
        {count !== undefined && (
          <span className={`${frame.count} ${classes.count}`} role="status">
            {count}
          </span>
        )}
        <SearchField
          ref={field}
          label={search}
          className={classes.search}
          value={text}
          onChange={onText}
          onDown={() => rows.current?.focus()}
        />
        {actions}
      </div>
      {notes}
      <div className={classes.list}>
        <DataTable ref={rows} label={title} onLeaveTop={() => field.current?.focus()} {...table} />
      </div>
    </div>
  );
}

interface RowNameProps {
  readonly name: string;
  /** Whether it is still in use. */
  readonly active: boolean;
  readonly certainty: Certainty;
}

/** What a row is about, quieter when it is out of use. */
export function RowName({ name, active, certainty }: RowNameProps) {
  return (
    <span className={classes.name} data-off={!active || undefined}>
      <span className={classes.text}>{name}</span>
      <CertaintyMark certainty={certainty} quiet />
    </span>
  );
}
