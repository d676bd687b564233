import { FileInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { useSave } from '#renderer/ui/useSave.ts';
import { mostHolidayText } from '#shared/contract/holidays.ts';
import { choicesOf, ProposalList, useProposals } from './HolidayProposals.tsx';
import classes from './Holidays.module.css';

/** The text of a file in UTF-8; null when it is none. */
const textOf = async (file: File): Promise<string | null> => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
};

/** Holidays from a file: looked at first, with what cannot be read by line. */
export function HolidayImportSheet({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const { t } = useTranslation();
  const read = useCommand('holidays.read');
  const { choices, setChoices, chosen, submit } = useProposals();
  const { save, saving, problem } = useSave(onAdded);
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const choose = async (next: File | null) => {
    setFile(next);
    setWrong(null);
    setChoices(null);
    read.reset();
    if (next === null) return;
    if (next.size > mostHolidayText) return setWrong(t('holidays.tooLarge'));
    const text = await textOf(next);
    if (text === null) return setWrong(t('holidays.unreadable'));
    const format = /\.ics$/i.test(next.name) || /^\uFEFF?BEGIN:VCALENDAR/i.test(text) ? 'ics' : 'csv';
    try {
      setChoices(choicesOf((await read.mutateAsync({ format, text })).proposals));
    } catch (failure) {
      setWrong(errorText(t, failure));
    }
  };
  const report = read.data;
  return (
    <SaveSheet
      call="holidays.add"
      title={t('holidays.importTitle')}
      width={480}
      saving={saving || read.isPending}
      problem={problem}
      submit={t('holidays.submit', { count: chosen.length })}
      onSubmit={() => chosen.length > 0 && void save({}, submit)}
      onClose={onClose}
    >
      <FileInput
        label={t('holidays.file')}
        description={t('holidays.importHint')}
        placeholder={t('holidays.chooseFile')}
        accept=".csv,.ics,text/csv,text/calendar"
        value={file}
        error={wrong}
        onChange={(next) => void choose(next)}
      />
      {choices !== null && choices.length === 0 && <p role="status">{t('holidays.nothing')}</p>}
      {choices !== null && choices.length > 0 && (
        <ProposalList label={t('holidays.importTitle')} choices={choices} onChange={setChoices} />
      )}
      {report && report.problems.length > 0 && (
        <section className={classes.problems} role="status">
          <h3>{t('holidays.problems', { count: report.problemCount })}</h3>
          <ul>
            {report.problems.map(({ line, code }) => (
              <li key={line}>{t('holidays.line', { line, what: t(`holidays.problem.${code}`) })}</li>
            ))}
          </ul>
        </section>
      )}
    </SaveSheet>
  );
}
