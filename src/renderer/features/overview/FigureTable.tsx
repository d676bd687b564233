import type { ReactNode } from 'react';
import classes from './Overview.module.css';

interface FigureTableProps {
  readonly title: string;
  /** Over the names of the rows. */
  readonly first: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly key: string;
    readonly name: ReactNode;
    readonly cells: readonly ReactNode[];
  }[];
  readonly after?: ReactNode;
}

/** A panel with a heading and a table of figures under it. */
export function FigureTable({ title, first, columns, rows, after }: FigureTableProps) {
  return (
    <section className={classes.panel}>
      <h2 className={classes.heading}>{title}</h2>
      <table className={classes.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((name) => (
              <th key={name} scope="col" className={classes.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, cells }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={columns[index]} className={classes.number}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {after}
    </section>
  );
}
