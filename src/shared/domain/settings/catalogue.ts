import { z } from 'zod';

/** The parts of the settings screen, in its order. */
export const settingGroups = ['session'] as const;
type Group = (typeof settingGroups)[number];

interface Common {
  readonly group: Group;
  /** Whether a site may have a value of its own. */
  readonly perSite: boolean;
}

/** A whole number of a unit, both bounds included. */
interface Whole extends Common {
  readonly type: 'whole';
  readonly unit: 'minutes' | 'days';
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

export type Setting = Whole;

/** What each setting holds. */
interface SettingValues {
  readonly 'session.idle-lock-minutes': number;
  readonly 'session.offline-sign-in-days': number;
}
export type SettingKey = keyof SettingValues;
export type SettingValue<K extends SettingKey = SettingKey> = SettingValues[K];

/** Everything a clinic can set, with its bounds and what counts where it has set nothing (`usual`). */
export const settings: { readonly [K in SettingKey]: Setting & { readonly usual: SettingValue<K> } } = {
  /** How long nobody may touch a workstation before it locks. */
  'session.idle-lock-minutes': {
    type: 'whole',
    group: 'session',
    unit: 'minutes',
    least: 1,
    most: 60,
    usual: 5,
    perSite: true,
  },
  /** How long somebody may sign in at a workstation that has not reached the centre. The lease of a workstation is 14 days. */
  'session.offline-sign-in-days': {
    type: 'whole',
    group: 'session',
    unit: 'days',
    least: 1,
    most: 14,
    usual: 7,
    perSite: false,
  },
};

export const settingKeys = Object.keys(settings) as [SettingKey, ...SettingKey[]];

/** The bounds of a setting. */
const schemaOf = (setting: Setting): z.ZodType<SettingValue> =>
  z.number().int().min(setting.least).max(setting.most);

/** Whether a value is one of a setting: of its type and within its bounds. */
export const isValueOf = <K extends SettingKey>(key: K, value: unknown): value is SettingValue<K> =>
  schemaOf(settings[key]).safeParse(value).success;
