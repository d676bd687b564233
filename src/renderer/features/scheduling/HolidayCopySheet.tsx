import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { useSave } from '#renderer/ui/useSave.ts';
import { choicesOf, ProposalList, useProposals } from './HolidayProposals.tsx';
import classes from './ScheduleScreen.module.css';

/** The holidays of a year for the next one, each day to be confirmed. */
export function HolidayCopySheet({
  year,
  onCopied,
  onClose,
}: {
  year: number;
  onCopied: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { data } = useCall('holidays.copy', { year });
  const { choices, setChoices, chosen, submit } = useProposals();
  const { save, saving, problem } = useSave(onCopied);
  const isAsked = choices === null;
  useEffect(() => {
    if (isAsked && data) setChoices(choicesOf(data));
  }, [isAsked, data, setChoices]);
  const title = t('holidays.copyTitle', { from: year, to: year + 1 });
  return (
    <SaveSheet
      call="holidays.add"
      title={title}
      width={480}
      saving={saving}
      problem={problem}
      submit={t('holidays.submit', { count: chosen.length })}
      onSubmit={() => chosen.length > 0 && void save({}, submit)}
      onClose={onClose}
    >
      <p className={classes.quiet}>{t('holidays.copyHint')}</p>
      {choices && <ProposalList label={title} choices={choices} onChange={setChoices} />}
    </SaveSheet>
  );
}
