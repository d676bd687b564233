import { useTranslation } from 'react-i18next';
import { columnWord } from '#renderer/ui/record-words.ts';
import { useValueText } from '#renderer/ui/useValueText.ts';
import type { MergePreview } from '#shared/contract/patient-merge.ts';
import type { MergeColumn } from '#shared/domain/patients/merge.ts';
import classes from './Requests.module.css';

type Field = MergePreview['fields'][number];

/** What somebody chose to take over, or not to, by column; what is not in it is as proposed. */
export type TakenColumns = Readonly<Partial<Record<MergeColumn, boolean>>>;

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '';

/** The chart stays as it is but for what it does not say and the panel does. */
const isTaken = ({ left }: MergePreview, { column }: Field, taken: TakenColumns): boolean =>
  taken[column] ?? isEmpty(left.values[column]);

/** The columns the chart takes from what was said in the panel. */
export const takenOf = (preview: MergePreview, taken: TakenColumns): readonly MergeColumn[] =>
  preview.fields
    .filter(
      (field) =>
        field.differs && !isEmpty(preview.right.values[field.column]) && isTaken(preview, field, taken),
    )
    .map(({ column }) => column);

interface ComparisonProps {
  readonly preview: MergePreview;
  readonly mrn: string;
  readonly taken: TakenColumns;
  readonly onTake: (taken: TakenColumns) => void;
}

/** Field by field: what was said in the panel, what the chart says, and what of it the chart takes over. */
export function Comparison({ preview, mrn, taken, onTake }: ComparisonProps) {
  const { t } = useTranslation();
  const textOf = useValueText();
  const text = (field: Field, side: 'left' | 'right') => {
    const value = preview[side].values[field.column] ?? null;
    return isEmpty(value) ? null : textOf(field.format, value);
  };
  // Of differing fields those first in which both say something: there somebody has to look.
  const rows = preview.fields.toSorted((a, b) => Number(b.differs) - Number(a.differs));
  return (
    <table className={classes.compare}>
      <thead>
        <tr>
          <th scope="col">{t('panelDesk.request.field')}</th>
          <th scope="col">{t('panelDesk.request.panel')}</th>
          <th scope="col">{t('panelDesk.request.chart', { mrn })}</th>
          <th scope="col">{t('panelDesk.request.take')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((field) => {
          const said = text(field, 'right');
          const word = columnWord(t, field.column);
          return (
            <tr key={field.column} data-differs={field.differs || undefined}>
              <th scope="row">{word}</th>
              <td>{said ?? <span className={classes.quiet}>{t('panelDesk.request.nothing')}</span>}</td>
              <td>
                {text(field, 'left') ?? (
                  <span className={classes.quiet}>{t('panelDesk.request.nothing')}</span>
                )}
              </td>
              <td>
                {field.differs && said !== null ? (
                  <input
                    type="checkbox"
                    aria-label={t('panelDesk.request.takeOf', { field: word })}
                    checked={isTaken(preview, field, taken)}
                    onChange={({ currentTarget }) =>
                      onTake({ ...taken, [field.column]: currentTarget.checked })
                    }
                  />
                ) : (
                  <span className={classes.quiet}>{field.differs ? '' : t('panelDesk.request.same')}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
