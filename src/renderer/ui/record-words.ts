import type { TFunction } from 'i18next';
import { records } from '#shared/i18n/en/records.ts';

type Column = keyof typeof records.column;
type Table = keyof typeof records.table;

const isColumn = (column: string): column is Column => Object.hasOwn(records.column, column);
const isTable = (table: string): table is Table => Object.hasOwn(records.table, table);

/** What a column is called; one this version has no word for goes by its own name, readable. */
export function columnWord(t: TFunction, column: string): string {
  if (isColumn(column)) return t(`records.column.${column}`);
  const words = column.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What kind of record a table holds. */
export function tableWord(t: TFunction, table: string): string {
  return t(`records.table.${isTable(table) ? table : 'other'}`);
}
