import type { ReactNode } from 'react';
import type { Paper } from '#shared/domain/printing/paper.ts';
import classes from './Paper.module.css';
import { type Imprint, LetterPage } from './PaperPage.tsx';

/** A line of cells, or a heading of the lines after it. */
export type ListLine =
  | { readonly key: string; readonly cells: readonly ReactNode[] }
  | { readonly key: string; readonly heading: ReactNode };

export interface ListSection {
  readonly key: string;
  /** What kind of document it is, at the head of each page. */
  readonly title: string;
  /** What it is about, on each page. */
  readonly about: ReactNode;
  /** Labels, and widths in percent. */
  readonly columns: readonly { readonly label: string; readonly width: number }[];
  readonly lines: readonly ListLine[];
  /** What is said when there is no line. */
  readonly empty: string;
}

interface ListPageProps {
  readonly section: ListSection;
  readonly paper: Paper;
  readonly imprint: Imprint;
  /** The lines of this page, by their numbers. */
  readonly shown: readonly number[];
  readonly page: number;
  readonly pages: number;
}

/** One page of a list. */
export function ListPage({ section, paper, imprint, shown, page, pages }: ListPageProps) {
  const { title, about, columns, lines, empty } = section;
  return (
    <LetterPage {...{ paper, imprint, title, page, pages }}>
      <div className={classes.about}>{about}</div>
      {lines.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <table className={classes.list}>
          <colgroup>
            {columns.map(({ label, width }) => (
              <col key={label} style={{ width: `${width}%` }} />
            ))}
          </colgroup>
          <thead className={classes.columns}>
            <tr>
              {columns.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((at) => {
              const line = lines[at];
              return line && <Line key={line.key} line={line} columns={columns.length} />;
            })}
          </tbody>
        </table>
      )}
    </LetterPage>
  );
}

function Line({ line, columns }: { line: ListLine; columns: number }) {
  return 'heading' in line ? (
    <tr>
      <th colSpan={columns} scope="colgroup" className={classes.heading}>
        {line.heading}
      </th>
    </tr>
  ) : (
    <tr>
      {line.cells.map((cell, at) => (
        <td key={at}>{cell}</td>
      ))}
    </tr>
  );
}
