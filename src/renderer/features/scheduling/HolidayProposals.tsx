import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { DateField } from '#renderer/ui/dates/DateField.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { HolidayDetails, HolidayProposal } from '#shared/contract/holidays.ts';
import { addDays, daysBetween } from '#shared/kernel/calendar.ts';
import classes from './Holidays.module.css';

/** A proposal as it stands in the list. */
export interface Choice {
  readonly proposal: HolidayProposal;
  /** Empty while it is no day. */
  readonly startDate: string;
  readonly included: boolean;
}

/** What is there already is left out, and so is what has no day, until somebody says otherwise. */
export const choicesOf = (proposals: readonly HolidayProposal[]): readonly Choice[] =>
  proposals.map((proposal) => ({
    proposal,
    startDate: proposal.startDate ?? '',
    included: !proposal.known && proposal.startDate !== null,
  }));

const detailsOf = ({ proposal, startDate }: Choice): HolidayDetails => {
  const { name, locationId } = proposal;
  const more =
    proposal.startDate !== null && proposal.endDate !== null
      ? daysBetween(proposal.startDate, proposal.endDate)
      : 0;
  return { name, locationId, startDate, endDate: addDays(startDate, more) };
};

/** Which of them are added, and adding them; one way back for all. */
export function useProposals() {
  const { t } = useTranslation();
  const add = useCommand('holidays.add');
  const remove = useCommand('holidays.remove');
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  const chosen = (choices ?? []).filter(({ included, startDate }) => included && startDate !== '');
  const submit = async () => {
    const { ids } = await add.mutateAsync({ holidays: chosen.map(detailsOf) });
    toast(t('holidays.added', { count: ids.length }), {
      undo: async () => void (await remove.mutateAsync({ ids })),
    });
  };
  return { choices, setChoices, chosen, submit };
}

interface ProposalListProps {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly onChange: (choices: readonly Choice[]) => void;
}

/** Holidays to look at before they are added: each with its day, which can be changed, and a tick. */
export function ProposalList({ label, choices, onChange }: ProposalListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = (at: number, part: Partial<Choice>) =>
    onChange(choices.map((choice, index) => (index === at ? { ...choice, ...part } : choice)));
  const noteOf = ({ proposal, startDate }: Choice): string => {
    const isMoved = startDate !== (proposal.startDate ?? '');
    return [
      startDate && format.day(startDate, 'weekday').split(/[ ,]/)[0],
      proposal.locationName ?? t('holidays.everywhere'),
      !isMoved && proposal.known && t('holidays.known'),
      !isMoved && proposal.rule && !proposal.known && t(`holidays.rule.${proposal.rule}`),
    ]
      .filter(Boolean)
      .join(' · ');
  };
  return (
    <ul className={classes.proposals} aria-label={label}>
      {choices.map((choice, at) => (
        <li
          key={`${choice.proposal.line} ${choice.proposal.startDate} ${choice.proposal.locationId} ${choice.proposal.name}`}
        >
          <Checkbox
            aria-label={t('holidays.include', { name: choice.proposal.name })}
            checked={choice.included && choice.startDate !== ''}
            disabled={choice.startDate === ''}
            onChange={({ currentTarget }) => change(at, { included: currentTarget.checked })}
          />
          <div className={classes.what}>
            <span className={classes.name}>{choice.proposal.name}</span>
            <span className={classes.note} data-check={choice.proposal.rule === 'unsure' || undefined}>
              {noteOf(choice)}
            </span>
          </div>
          <DateField
            ariaLabel={`${choice.proposal.name}: ${t('holidays.day')}`}
            width={148}
            value={choice.startDate}
            onChange={(startDate) => change(at, { startDate, included: startDate !== '' })}
          />
        </li>
      ))}
    </ul>
  );
}
