import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { phoneCountries } from '#shared/domain/patients/phone.ts';
import { currencies } from '#shared/domain/prices/money.ts';
import { type SettingKey, settingOf } from '#shared/domain/settings/catalogue.ts';
import classes from './Settings.module.css';
import { countryName, currencyName } from './setting-text.ts';

/** What is typed for one place: nothing (undefined), none at all (null), or a value. */
export type Typed = number | string | null | undefined;

interface ValueFieldProps {
  readonly settingKey: SettingKey;
  readonly label: string;
  readonly value: Typed;
  /** What counts while nothing is typed. */
  readonly placeholder: string;
  readonly error: string | undefined;
  /** Whether none at all may be chosen beside nothing. */
  readonly withNone?: boolean;
  readonly onChange: (value: Typed) => void;
}

/** One value of a setting, in the field its type asks for; empty is nothing. */
export function ValueField(props: ValueFieldProps) {
  const { settingKey, label, value, placeholder, error, withNone, onChange } = props;
  const { t } = useTranslation();
  const { locale } = useFormat();
  const setting = settingOf(settingKey);
  const common = { label, placeholder, error };
  if (setting.type === 'country' || setting.type === 'currency') {
    const [codes, nameOf] =
      setting.type === 'country' ? [phoneCountries(), countryName] : [currencies(), currencyName];
    return (
      <Select
        {...common}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': placeholder }}
        openOnFocus={false}
        data={codes
          .map((code) => ({ value: code as string, label: nameOf(code, locale) }))
          .toSorted((a, b) => a.label.localeCompare(b.label, locale))}
        value={typeof value === 'string' ? value : null}
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    );
  }
  if (setting.type === 'choice')
    return (
      <Select
        {...common}
        clearable
        clearButtonProps={{ 'aria-label': placeholder }}
        openOnFocus={false}
        data={setting.of.map((value) => ({ value, label: t(`settings.choice.${value}`) }))}
        value={typeof value === 'string' ? value : null}
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    );
  if (setting.type === 'line' || setting.type === 'address')
    return (
      <TextInput
        {...common}
        value={value ?? ''}
        maxLength={setting.most}
        inputMode={setting.type === 'address' ? 'url' : 'text'}
        autoComplete="off"
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      />
    );
  const number = (
    <NumberInput
      {...common}
      className={classes.number ?? ''}
      value={value ?? ''}
      disabled={value === null}
      allowDecimal={false}
      clampBehavior="none"
      suffix={` ${t(`settings.unitOf.${setting.unit}`)}`}
      onChange={(typed) => onChange(typed === '' ? undefined : typed)}
    />
  );
  if (!withNone || !setting.orNone) return number;
  return (
    <div className={classes.withNone}>
      {number}
      <Checkbox
        label={t('settings.noLimit')}
        aria-label={`${label}: ${t('settings.noLimit')}`}
        checked={value === null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : undefined)}
      />
    </div>
  );
}
