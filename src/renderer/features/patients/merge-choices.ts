import type { Parsed } from '#shared/contract/contract.ts';
import type { MergePreview } from '#shared/contract/patient-merge.ts';
import type { MergeColumn } from '#shared/domain/patients/merge.ts';

export type Side = 'left' | 'right';

export const otherSide = (side: Side): Side => (side === 'left' ? 'right' : 'left');

/** What a person chose; what is not in it is as proposed. */
export interface MergeChoices {
  readonly goesOn: Side | null;
  readonly fields: Readonly<Partial<Record<MergeColumn, Side>>>;
}

export const noChoices: MergeChoices = { goesOn: null, fields: {} };

export const goingOnSide = (preview: MergePreview, choices: MergeChoices): Side =>
  choices.goesOn ?? preview.goesOn;

/** Which side a field is taken from: as chosen, else the one that knows better, else the record that goes on. */
export const fieldSide = (
  preview: MergePreview,
  choices: MergeChoices,
  { column, better }: Pick<MergePreview['fields'][number], 'column' | 'better'>,
): Side => choices.fields[column] ?? better ?? goingOnSide(preview, choices);

/** The merge as it is sent. */
export const mergeWish = (preview: MergePreview, choices: MergeChoices): Parsed<'patients.merge'> => {
  const side = goingOnSide(preview, choices);
  const [own, other] = [preview[side], preview[otherSide(side)]];
  return {
    id: own.patient.id,
    otherId: other.patient.id,
    take: preview.fields
      .filter((field) => field.differs && fieldSide(preview, choices, field) !== side)
      .map(({ column }) => column),
    was: { own: own.values, other: other.values },
  };
};
