import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { detailOf, kindOf, refusalOf } from '#renderer/ui/outbox-words.ts';
import { columnWord, tableWord } from '#renderer/ui/record-words.ts';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useValueText } from '#renderer/ui/useValueText.ts';
import { ValueInput } from '#renderer/ui/ValueInput.tsx';
import type { ParkedDetails, ParkedField, ParkedRow } from '#shared/contract/sync.ts';
import classes from './FixSheet.module.css';
import { useFix } from './fix-store.ts';
import { useAbout } from './useAbout.ts';

/** Beside the work: the values of what the centre refused, to be corrected and sent again. */
export function FixSheet() {
  const { t } = useTranslation();
  const { n, close } = useFix();
  const { data, error } = useCall('sync.parked', { n: n ?? 0 }, { enabled: n !== null });
  if (n === null) return null;
  if (data !== undefined && data.n === n && !error) return <Fix key={n} work={data} onClose={close} />;
  if (!error) return null;
  const isGone = error.error.code === 'not-found';
  return (
    <SideSheet title={t('sync.fix.title')} onClose={close}>
      {isGone ? <p className={classes.quiet}>{t('sync.fix.gone')}</p> : <Failure failure={error} />}
    </SideSheet>
  );
}

/** A value by the change it belongs to; the way the workstation names what is wrong with it, too. */
const keyOf = (row: ParkedRow, field: ParkedField): string => `${row.change}.${field.column}`;

const startOf = ({ value }: ParkedField): string => (value === null ? '' : String(value));

/** Only what was typed anew is sent: the rest stays as it was. */
const correctionsOf = (work: ParkedDetails, typed: Readonly<Record<string, string>>) =>
  work.rows.flatMap((row) => {
    const changed = row.fields.flatMap((field) => {
      const text = typed[keyOf(row, field)];
      return text === undefined || text === startOf(field) ? [] : [[field.column, text] as const];
    });
    return changed.length === 0 ? [] : [{ change: row.change, typed: Object.fromEntries(changed) }];
  });

function Fix({ work, onClose }: { work: ParkedDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const about = useAbout()(work);
  const resend = useCommand('sync.resend');
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async () => {
    if (resend.isPending) return;
    setFailure(null);
    setProblems({});
    try {
      await resend.mutateAsync({ n: work.n, corrections: correctionsOf(work, typed) });
      toast(t('sync.fix.sent'));
      onClose();
    } catch (caught) {
      const fields = caught instanceof AppErrorException ? caught.error.fields : undefined;
      if (fields) setProblems(fields);
      setFailure(errorText(t, caught));
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit();
  };
  const count = work.dependents.length + 1;
  useSheetKeys(t('sync.fix.title'), [
    { keys: 'mod+Enter', label: t('sync.fix.send'), run: () => void submit(), inFields: true },
  ]);
  const first = work.rows
    .flatMap((row) => row.fields.filter(({ editable }) => editable).map((field) => keyOf(row, field)))
    .at(0);
  return (
    <SideSheet
      title={t('sync.fix.title')}
      onClose={onClose}
      footer={
        <Button
          type="submit"
          form="fix-parked"
          loading={resend.isPending}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
        >
          {count > 1 ? t('sync.fix.sendAll', { count }) : t('sync.fix.send')}
        </Button>
      }
    >
      <form id="fix-parked" noValidate className={classes.form} onSubmit={onSubmit}>
        <div>
          <p className={classes.what}>
            {t(`sync.kind.${kindOf(work.kind)}`)}
            {about && `: ${about}`}
          </p>
          <p className={classes.why}>
            {t(`sync.refused.${refusalOf(work)}`)}{' '}
            {detailOf(work) && <span className={classes.quiet}>{detailOf(work)}</span>}
          </p>
          <p className={classes.quiet}>{t('sync.fix.was')}</p>
        </div>
        {work.rows.map((row) => (
          <Row
            key={row.change}
            row={row}
            first={first}
            typed={typed}
            problems={problems}
            onType={(key, text) => setTyped((before) => ({ ...before, [key]: text }))}
          />
        ))}
        {failure && (
          <p role="alert" className={classes.failure}>
            {failure}
          </p>
        )}
      </form>
    </SideSheet>
  );
}

interface RowProps {
  readonly row: ParkedRow;
  /** The field the cursor is put into. */
  readonly first: string | undefined;
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
  readonly onType: (key: string, text: string) => void;
}

function Row({ row, first, typed, problems, onType }: RowProps) {
  const { t } = useTranslation();
  const textOf = useValueText();
  const table = tableWord(t, row.table);
  return (
    <fieldset className={classes.row}>
      <legend className={classes.legend}>
        {row.isNew ? t('sync.fix.new', { table }) : t('sync.fix.changed', { table })}
      </legend>
      {row.fields.map((field) => {
        const key = keyOf(row, field);
        const problem = problems[key];
        return field.editable ? (
          <ValueInput
            key={key}
            column={field.column}
            format={field.format}
            value={typed[key] ?? startOf(field)}
            onChange={(text) => onType(key, text)}
            error={problem === undefined ? null : fieldText(t, problem)}
            first={key === first}
          />
        ) : (
          <dl key={key} className={classes.fixed}>
            <dt>{columnWord(t, field.column)}</dt>
            <dd>{textOf(field.format, field.value)}</dd>
          </dl>
        );
      })}
    </fieldset>
  );
}
