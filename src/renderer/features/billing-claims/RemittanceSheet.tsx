import { Button, FileInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import classes from './Claims.module.css';

/** A file beyond this is no remittance. */
const mostBytes = 1_000_000;

function Preview({ preview }: { readonly preview: Output<'claims.import'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { problems, counts, sums } = preview;
  return (
    <>
      <p role="status" className={classes.quiet}>
        {t('claims.file.counts', {
          paid: format.number(counts.paid),
          partial: format.number(counts.partial),
          rejected: format.number(counts.rejected),
          known: format.number(counts.known),
        })}{' '}
        {sums
          .map(({ amount, currency }) => t('claims.file.sum', { amount: format.money(amount, currency) }))
          .join(' · ')}
      </p>
      {problems.length > 0 && (
        <>
          <p className={classes.quiet}>{t('claims.file.whole')}</p>
          <ul className={classes.problems} aria-label={t('claims.file.problems')}>
            {problems.map(({ line, code, value }) => (
              <li key={`${line} ${code}`}>
                {t('claims.file.line', { line: format.number(line) })} {t(`claims.file.code.${code}`)}
                {value && ` (${value})`}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** A payer's answers out of a CSV file: looked at first, then taken whole or not at all. */
export function RemittanceSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const load = useCommand('claims.import');
  const [remittance, setRemittance] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (chosen: File | null, apply: boolean) => {
    setProblem(null);
    if (chosen === null || remittance.trim() === '') return load.reset();
    if (chosen.size > mostBytes) return setProblem(t('claims.file.tooLarge'));
    try {
      const { applied } = await load.mutateAsync({ csv: await chosen.text(), remittance, apply });
      if (!applied) return;
      toast(t('claims.file.done'));
      onClose();
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  const preview = load.data;
  const counts = preview?.counts;
  const isReady =
    preview?.problems.length === 0 &&
    counts !== undefined &&
    counts.paid + counts.partial + counts.rejected > 0;
  return (
    <SideSheet
      title={t('claims.import')}
      width={560}
      onClose={onClose}
      footer={
        <Button disabled={!isReady} loading={load.isPending} onClick={() => void run(file, true)}>
          {t('claims.file.apply')}
        </Button>
      }
    >
      <div className={formClasses.fields}>
        <TextInput
          label={t('claims.remittance')}
          data-autofocus
          maxLength={200}
          value={remittance}
          autoComplete="off"
          onChange={(event) => {
            setRemittance(event.currentTarget.value);
            load.reset();
          }}
          onBlur={() => void run(file, false)}
        />
        <FileInput
          label={t('claims.file.label')}
          description={t('claims.file.hint')}
          placeholder={t('claims.file.choose')}
          accept=".csv,text/csv"
          value={file}
          error={problem}
          onChange={(chosen) => {
            setFile(chosen);
            void run(chosen, false);
          }}
        />
        {preview && <Preview preview={preview} />}
      </div>
    </SideSheet>
  );
}
