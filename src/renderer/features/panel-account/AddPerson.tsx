import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { IconHandClick, IconQrcode } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall } from '#renderer/client/calls.ts';
import { Page } from '#renderer/ui/panel/Page.tsx';
import { usePerson } from '#renderer/ui/panel/usePerson.ts';
import type { OwnPerson } from '#shared/contract/panel.ts';
import { linkCodePath } from '#shared/domain/panel/link-code.ts';
import { relationships } from '#shared/domain/panel/relationship.ts';
import { genders } from '#shared/domain/patients/gender.ts';
import classes from './Account.module.css';
import { Refusal, Way } from './parts.tsx';
import { useAsk } from './useAsk.ts';

type Relationship = OwnPerson['relationship'];

/** What is still to be said: oneself is somebody only once. */
function useRelationship() {
  const { t } = useTranslation();
  const { people } = usePerson();
  const hasSelf = people.some(({ relationship }) => relationship === 'self');
  const left = relationships.filter((one) => one !== 'self' || !hasSelf);
  const [chosen, setChosen] = useState<Relationship | null>(null);
  const value = chosen ?? left[0] ?? 'other';
  const field = (
    <NativeSelect
      label={t('panelAccount.whoIsIt')}
      data={left.map((one) => ({ value: one, label: t(`panelAccount.relationship.${one}`) }))}
      value={value}
      onChange={(event) => setChosen(event.currentTarget.value as Relationship)}
    />
  );
  return { value, field };
}

/** Goes on with somebody who was just added. */
function useAdded(): (person: OwnPerson) => Promise<void> {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { choose } = usePerson();
  return async (person) => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['panel.me'] }),
      queries.invalidateQueries({ queryKey: ['panel.links'] }),
    ]);
    choose(person.patientId);
    navigate('/');
  };
}

function ByCode({ code }: { code: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(code);
  const relationship = useRelationship();
  const open = useAsk('panel.openWithCode');
  const added = useAdded();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const person = await open.send({ code: typed, relationship: relationship.value });
    if (person !== null) await added(person);
  };
  return (
    <Page title={t('panelAccount.byCode')} back="/people/add">
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        <TextInput
          className={classes.code ?? ''}
          label={t('panelAccount.printed')}
          description={t('panelAccount.printedHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {relationship.field}
        <Refusal words={open.failure} />
        <Button type="submit" loading={open.isPending} disabled={typed.trim() === ''}>
          {t('panelAccount.open')}
        </Button>
      </form>
    </Page>
  );
}

const nobody = { family: '', given: '', gender: 'unknown', birthDate: '', phone: '', note: '' };

function BySaying() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(nobody);
  const relationship = useRelationship();
  const ask = useAsk('panel.askFor');
  const added = useAdded();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const gender = genders.find((one) => one === typed.gender) ?? 'unknown';
    const person = await ask.send({ ...typed, gender, relationship: relationship.value });
    if (person !== null) await added(person);
  };
  const field = (name: keyof typeof nobody) => ({
    value: typed[name],
    error: ask.errorAt(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <Page title={t('panelAccount.bySaying')} back="/people/add">
      <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
        {relationship.field}
        <TextInput label={t('panelAccount.family')} maxLength={100} {...field('family')} />
        <TextInput label={t('panelAccount.given')} maxLength={100} {...field('given')} />
        <TextInput
          label={t('panelAccount.birthDate')}
          description={t('panelAccount.birthHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={40}
          {...field('birthDate')}
        />
        <NativeSelect
          label={t('panelAccount.gender')}
          data={genders.map((value) => ({ value, label: t(`common.gender.${value}`) }))}
          {...field('gender')}
        />
        <TextInput type="tel" label={t('panelAccount.phone')} maxLength={40} {...field('phone')} />
        <Textarea label={t('panelAccount.note')} maxLength={500} rows={2} {...field('note')} />
        <Refusal words={ask.failure} />
        <Button type="submit" loading={ask.isPending}>
          {t('panelAccount.ask')}
        </Button>
      </form>
    </Page>
  );
}

function Ways({ title, why }: { title: string; why: string | null }) {
  const { t } = useTranslation();
  return (
    <Page title={title} {...(why === null ? { back: '/profile/people' } : {})}>
      {why !== null && <p>{why}</p>}
      <div className={classes.ways}>
        <Way
          href={linkCodePath()}
          icon={<IconQrcode size={24} aria-hidden />}
          title={t('panelAccount.byCode')}
          why={t('panelAccount.byCodeWhy')}
        />
        <Way
          href="/people/say"
          icon={<IconHandClick size={24} aria-hidden />}
          title={t('panelAccount.bySaying')}
          why={t('panelAccount.bySayingWhy')}
        />
      </div>
    </Page>
  );
}

/** What an account that looks after nobody yet begins with. */
export function Begin() {
  const { t } = useTranslation();
  const name = useCall('panel.me', {}).data?.displayName ?? '';
  return <Ways title={t('panelAccount.begin', { name })} why={t('panelAccount.beginWhy')} />;
}

/** Adds oneself or somebody one cares for: with a printed code, also from its address, or by saying who it is. */
export function AddPerson() {
  const { t } = useTranslation();
  const [location] = useLocation();
  if (location.startsWith(linkCodePath()))
    return <ByCode key={location} code={decodeURIComponent(location.slice(linkCodePath().length + 1))} />;
  if (location === '/people/say') return <BySaying />;
  return <Ways title={t('panelAccount.add')} why={null} />;
}
