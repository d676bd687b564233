import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { MedicineView } from '#shared/contract/formulary.ts';
import { MedicineDraft } from '#shared/domain/formulary/medicine.ts';
import classes from './FormularyScreen.module.css';

const empty: MedicineDraft = { name: '', ingredients: '', strength: '', form: '', unitOfDose: '', route: '' };

/** A strength as it is typed; of a liquid in one unit of dose. */
const strengthOf = ({ strength, ingredients, unitOfDose }: MedicineView): string => {
  if (strength !== null) return strength;
  const known = ingredients.filter(({ value, unit }) => value !== null && unit !== null);
  const per = unitOfDose === 'ml' || unitOfDose === 'puff' ? `/${unitOfDose}` : '';
  return known.length < ingredients.length
    ? ''
    : known.map(({ value, unit }) => `${value} ${unit}${per}`).join(' + ');
};

const draftOf = (medicine: MedicineView | null): MedicineDraft =>
  medicine === null
    ? empty
    : {
        name: medicine.name,
        ingredients: medicine.ingredients.map(({ name }) => name).join(' + '),
        strength: strengthOf(medicine),
        form: medicine.form ?? '',
        unitOfDose: medicine.unitOfDose ?? '',
        route: medicine.route ?? '',
      };

const problemsOf = (draft: MedicineDraft): Readonly<Record<string, string>> => {
  const checked = MedicineDraft.safeParse(draft);
  if (checked.success) return {};
  return Object.fromEntries(
    checked.error.issues.map(({ path, code, message }) => [
      String(path[0]),
      code === 'too_big' ? 'too-long' : message === 'characters' ? 'characters' : 'required',
    ]),
  );
};

/** One medicine, new or to be changed. */
export function MedicineSheet({ medicine, onClose }: { medicine: MedicineView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const command = useCommand('formulary.save');
  const [draft, setDraft] = useHeldState(`medicine ${medicine?.id ?? ''}`, () => draftOf(medicine));
  const [active, setActive] = useState(medicine?.active ?? true);
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () =>
    void save(problemsOf(draft), async () => {
      const saved = await command.mutateAsync({ id: medicine?.id ?? null, medicine: draft, active });
      toast(t('formulary.saved', { name: saved.name }));
    });
  const field = (name: keyof MedicineDraft, hint?: string) => (
    <TextInput
      label={t(`formulary.${name}`)}
      {...(hint === undefined ? {} : { description: hint })}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={draft[name]}
      error={errorAt(name)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setDraft((old) => ({ ...old, [name]: value }));
      }}
      autoComplete="off"
    />
  );
  return (
    <SaveSheet
      call="formulary.save"
      title={t(medicine === null ? 'formulary.add' : 'formulary.change')}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      {field('name', t('formulary.nameHint'))}
      {field('ingredients', t('formulary.ingredientsHint'))}
      {field('strength', t('formulary.strengthHint'))}
      <div className={classes.pair}>
        {field('form')}
        {field('route')}
      </div>
      {field('unitOfDose', t('formulary.unitHint'))}
      {medicine?.code && (
        <p className={classes.quiet}>
          {t('formulary.code')} {medicine.code}
          {medicine.source === null ? '' : `, ${medicine.source}`}
        </p>
      )}
      <Checkbox
        label={t('formulary.offered')}
        checked={active}
        onChange={(event) => setActive(event.currentTarget.checked)}
      />
    </SaveSheet>
  );
}
