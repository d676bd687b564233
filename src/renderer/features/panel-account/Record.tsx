import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { languageWord, relationWord } from '#renderer/ui/code-words.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { OwnRecord } from '#shared/contract/panel-people.ts';
import { languageCodes } from '#shared/domain/patients/language.ts';
import { contactRelations } from '#shared/domain/patients/relation.ts';
import classes from './Account.module.css';
import { Refusal } from './parts.tsx';
import { useAsk } from './useAsk.ts';

type Field = keyof OwnRecord['details'];

const withOwn = (codes: readonly string[], own: string): readonly string[] =>
  own === '' || codes.includes(own) ? codes : [...codes, own];

function Details({ record }: { record: OwnRecord }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Partial<Record<Field, string>>>({});
  const [saved, setSaved] = useState(false);
  const change = useAsk('panel.changeRecord');
  const { patientId, details } = record;
  const shownIn = (name: Field): string => typed[name] ?? details[name] ?? '';
  const again = async () => {
    setTyped({});
    await queries.invalidateQueries({ queryKey: ['panel.record'] });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSaved(false);
    const answer = await change.send({ patientId, details: { ...details, ...typed }, was: details });
    if (answer === null) return;
    setSaved(true);
    queries.setQueryData(['panel.record', { patientId }], answer);
    setTyped({});
    await queries.invalidateQueries({ queryKey: ['panel.history'] });
  };
  const field = (name: Field) => ({
    value: shownIn(name),
    error: change.errorAt(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      setSaved(false);
      setTyped({ ...typed, [name]: event.currentTarget.value });
    },
  });
  const nothing = { value: '', label: t('panelAccount.notSaid') };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <h2>{t('panelAccount.contact')}</h2>
      <TextInput type="tel" label={t('panelAccount.phone')} maxLength={40} {...field('phone')} />
      <TextInput type="email" label={t('panelAccount.email')} maxLength={200} {...field('email')} />
      <TextInput label={t('panelAccount.addressLine')} maxLength={200} {...field('addressLine')} />
      <TextInput label={t('panelAccount.postalCode')} maxLength={20} {...field('postalCode')} />
      <TextInput label={t('panelAccount.city')} maxLength={100} {...field('city')} />
      <TextInput label={t('panelAccount.country')} maxLength={2} {...field('country')} />
      <NativeSelect
        label={t('panelAccount.spoken')}
        data={[
          nothing,
          ...withOwn(languageCodes, details.language ?? '')
            .map((value) => ({ value, label: languageWord(value, locale) }))
            .toSorted((a, b) => a.label.localeCompare(b.label, locale)),
        ]}
        {...field('language')}
      />
      <h2>{t('panelAccount.kin')}</h2>
      <TextInput label={t('panelAccount.kinName')} maxLength={200} {...field('contactName')} />
      <TextInput type="tel" label={t('panelAccount.kinPhone')} maxLength={40} {...field('contactPhone')} />
      <NativeSelect
        label={t('panelAccount.kinRelation')}
        data={[
          nothing,
          ...withOwn(contactRelations, details.contactRelation ?? '').map((value) => ({
            value,
            label: relationWord(t, value),
          })),
        ]}
        {...field('contactRelation')}
      />
      {change.code === 'changed-meanwhile' ? (
        <div className={classes.notice} role="alert">
          <p>{t('panelAccount.changedMeanwhile')}</p>
          <Button variant="default" onClick={() => void again()}>
            {t('panelAccount.look')}
          </Button>
        </div>
      ) : (
        <Refusal words={change.failure} />
      )}
      <p role="status" className={saved ? (classes.good ?? '') : 'visually-hidden'}>
        {saved && t('panelAccount.saved')}
      </p>
      <Button type="submit" loading={change.isPending}>
        {t('panelAccount.save')}
      </Button>
    </form>
  );
}

/** What the clinic knows of the person: who they are is read at the desk, the rest may be put right here. */
export function Record({ patientId }: Pick<OwnRecord, 'patientId'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useCall('panel.record', { patientId });
  return (
    <Page title={t('panelAccount.record')} back="/profile">
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <dl className={classes.facts}>
            <dt>{t('panelAccount.family')}</dt>
            <dd>{data.family}</dd>
            <dt>{t('panelAccount.given')}</dt>
            <dd>{data.given}</dd>
            <dt>{t('panelAccount.birthDate')}</dt>
            <dd>{data.birthDate === null ? t('panelAccount.notSaid') : format.day(data.birthDate)}</dd>
            {data.mrn !== null && (
              <>
                <dt>{t('panelAccount.mrn')}</dt>
                <dd className="tabular">{data.mrn}</dd>
              </>
            )}
          </dl>
          <p className={classes.quiet}>{t('panelAccount.atTheDesk')}</p>
          {data.certainty === 'provisional' && <p className={classes.quiet}>{t('panelAccount.toConfirm')}</p>}
          {data.certainty === 'parked' && <p className={classes.bad}>{t('panelAccount.refusedChange')}</p>}
          <Details key={data.patientId} record={data} />
        </>
      )}
    </Page>
  );
}
