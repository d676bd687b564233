import type { TFunction } from 'i18next';
import {
  type ChoiceValue,
  type SettingKey,
  type SettingValue,
  settingOf,
} from '#shared/domain/settings/catalogue.ts';

/** A setting as its words are called. */
type Word<K> = K extends `${infer Group}.${infer Name}` ? `${Group}-${Name}` : never;

/** The key of a setting's words in `settings.name` and `settings.about`. */
export const wordOf = (key: SettingKey): Word<SettingKey> => key.replace('.', '-') as Word<SettingKey>;

/** A country as people of a language call it. */
export const countryName = (code: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;

/** A currency by its code and as people of a language call it. */
export const currencyName = (code: string, locale: string): string =>
  `${code} · ${new Intl.DisplayNames(locale, { type: 'currency' }).of(code) ?? code}`;

/** A value of a setting in words, also where it is none. */
export const valueText = (t: TFunction, key: SettingKey, value: SettingValue, locale: string): string => {
  const setting = settingOf(key);
  if (setting.type === 'choice') return t(`settings.choice.${value as ChoiceValue}`);
  if (setting.type !== 'whole') {
    if (value === null) return t(`settings.none.${setting.type}`);
    if (setting.type === 'currency') return currencyName(String(value), locale);
    return setting.type === 'country' ? countryName(String(value), locale) : String(value);
  }
  if (value === null) return t(setting.group === 'audit' ? 'settings.none.audit' : 'settings.none.booking');
  if (key === 'booking.lead-minutes' && value === 0) return t('settings.atAnyTime');
  return t(`settings.unit.${setting.unit}`, { count: Number(value) });
};
