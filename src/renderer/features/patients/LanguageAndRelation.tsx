import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { languageWord, relationWord } from '#renderer/ui/code-words.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { languageCodes, likelyLanguage } from '#shared/domain/patients/language.ts';
import { contactRelations } from '#shared/domain/patients/relation.ts';
import { languages } from '#shared/i18n/languages.ts';
import classes from './MoreFields.module.css';
import type { PatientForm } from './usePatientForm.ts';

/** What this patient has comes along, whatever it is: a choice must not lose it. */
const withOwn = (codes: readonly string[], own: string): readonly string[] =>
  own === '' || codes.includes(own) ? codes : [...codes, own];

/** The clinic's own languages, then all in the order of their names. */
function useLanguages(own: string) {
  const { locale } = useFormat();
  const country = useCall('app.info', {}).data?.country ?? null;
  return useMemo(() => {
    const common = [...new Set([likelyLanguage(country), ...Object.keys(languages)])].filter(
      (tag) => tag !== null,
    );
    const named = withOwn(languageCodes, own).map((value) => ({ value, label: languageWord(value, locale) }));
    const others = named
      .filter(({ value }) => !common.includes(value))
      .toSorted((a, b) => a.label.localeCompare(b.label, locale));
    return { common: common.map((value) => ({ value, label: languageWord(value, locale) })), others };
  }, [country, locale, own]);
}

/** Preferred language, and what the next of kin is to the patient. */
export function LanguageAndRelation({ form }: { form: PatientForm }) {
  const { t } = useTranslation();
  const shown = form.formState.defaultValues;
  const { common, others } = useLanguages(shown?.language ?? '');
  const nothing = { value: '', label: t('particulars.notSaid') };
  const relations = withOwn(contactRelations, shown?.contactRelation ?? '');
  return (
    <div className={classes.pair}>
      <NativeSelect
        label={t('particulars.language')}
        data={[
          nothing,
          { group: t('particulars.commonLanguages'), items: common },
          { group: t('particulars.otherLanguages'), items: others },
        ]}
        error={form.formState.errors.language?.message}
        {...form.register('language')}
      />
      <NativeSelect
        label={t('particulars.relation')}
        data={[nothing, ...relations.map((value) => ({ value, label: relationWord(t, value) }))]}
        error={form.formState.errors.contactRelation?.message}
        {...form.register('contactRelation')}
      />
    </div>
  );
}
