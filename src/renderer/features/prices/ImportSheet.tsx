import { Button, FileInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { Output } from '#shared/contract/contract.ts';
import classes from './Prices.module.css';

/** A file beyond this is no price list. */
const mostBytes = 1_000_000;

/** Prices of a CSV file: what it would do, line by line, and what of it cannot be taken; then all that is good. */
export function ImportSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const load = useCommand('prices.import');
  const [csv, setCsv] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setCsv(null);
    setProblem(null);
    load.reset();
    if (chosen === null) return;
    if (chosen.size > mostBytes) return setProblem(t('prices.file.tooLarge'));
    try {
      const text = await chosen.text();
      await load.mutateAsync({ csv: text, apply: false });
      setCsv(text);
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  const apply = async () => {
    if (csv === null) return;
    try {
      const { counts } = await load.mutateAsync({ csv, apply: true });
      toast(t('prices.file.done', { count: counts.new + counts.changed }));
      onClose();
    } catch (failure) {
      setProblem(errorText(t, failure));
    }
  };
  const preview = csv === null ? undefined : load.data;
  const count = preview ? preview.counts.new + preview.counts.changed : 0;
  return (
    <SideSheet
      title={t('prices.import')}
      width={560}
      onClose={onClose}
      footer={
        <Button disabled={count === 0} loading={load.isPending} onClick={() => void apply()}>
          {count === 0 ? t('prices.file.nothing') : t('prices.file.apply', { count })}
        </Button>
      }
    >
      <div className={formClasses.fields}>
        <FileInput
          data-autofocus
          label={t('prices.file.label')}
          description={t('prices.file.hint')}
          placeholder={t('prices.file.choose')}
          accept=".csv,text/csv"
          value={file}
          error={problem}
          onChange={(chosen) => void choose(chosen)}
        />
        {preview && <Preview preview={preview} />}
      </div>
    </SideSheet>
  );
}

function Preview({ preview }: { readonly preview: Output<'prices.import'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lines, more, problems, counts, currency } = preview;
  return (
    <>
      <p role="status" className={classes.quiet}>
        {t('prices.file.counts', {
          new: format.number(counts.new),
          changed: format.number(counts.changed),
          same: format.number(counts.same),
          problems: format.number(problems.length),
        })}
      </p>
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label={t('prices.file.problems')}>
          {problems.map(({ line, code, column }) => (
            <li key={line}>
              {t('prices.file.line', { line: format.number(line) })} {t(`prices.file.code.${code}`)}
              {column && ` (${column})`}
            </li>
          ))}
        </ul>
      )}
      {lines.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('prices.what')}</th>
              <th scope="col">{t('prices.site')}</th>
              <th scope="col">{t('prices.validFrom')}</th>
              <th scope="col" data-end>
                {t('prices.price')}
              </th>
              <th scope="col">
                <span className="visually-hidden">{t('prices.state')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ line, code, title, siteName, payerName, validFrom, amount, state }) => (
              <tr key={line} data-state={state === 'same' ? 'was' : undefined}>
                <td>
                  {title} <span className={classes.quiet}>{code}</span>
                </td>
                <td>{[payerName, siteName ?? t('prices.everywhere')].filter(Boolean).join(' · ')}</td>
                <td>{format.day(validFrom)}</td>
                <td data-end>{format.money(amount, currency)}</td>
                <td>{t(`prices.file.state.${state}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more > 0 && <p className={classes.quiet}>{t('prices.file.more', { count: more })}</p>}
    </>
  );
}
