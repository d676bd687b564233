import { z } from 'zod';
import { SettingValues, settingKeys } from '#shared/domain/settings/catalogue.ts';
import { LocationId } from '#shared/kernel/ids.ts';
import { defineCalls } from './call.ts';

const value = z.union([z.number(), z.string().max(200), z.null()]);

/** What is set at one place. `understood` is false where this version cannot read what is `written`; then it does not count. */
const SettingStand = z.object({ written: z.string(), value, understood: z.boolean() });
export type SettingStand = z.infer<typeof SettingStand>;

export const SettingView = z.object({
  key: z.enum(settingKeys),
  /** For the whole clinic; null where it has set nothing. */
  clinic: SettingStand.nullable(),
  /** The sites that have a value of their own. */
  sites: z.array(SettingStand.extend({ siteId: LocationId })),
});
export type SettingView = z.infer<typeof SettingView>;

const place = z.object({
  key: z.enum(settingKeys),
  /** Null: for the whole clinic. */
  siteId: LocationId.nullable(),
  /** What stood written there when the person began; null: nothing. */
  seen: z.string().max(1000).nullable(),
});

export const settingCalls = defineCalls({
  /** What counts at the site this workstation stands at, and what is at the head of what is printed there. */
  'settings.here': {
    kind: 'query',
    needs: 'signed-in',
    input: z.object({}),
    output: z.object({
      values: SettingValues,
      letterhead: z.object({ name: z.string(), address: z.string(), phone: z.string() }),
    }),
  },
  /** Every setting in the order of the catalogue, the sites by name, and how many settings of a later version there are. */
  'settings.list': {
    kind: 'query',
    needs: 'setting.read',
    input: z.object({}),
    output: z.object({
      settings: z.array(SettingView),
      sites: z.array(z.object({ id: LocationId, name: z.string() })),
      unknown: z.number().int(),
    }),
  },
  /** `changed-meanwhile` where something else stands there by now; `invalid-input` for a value out of bounds. */
  'settings.set': {
    kind: 'command',
    needs: 'setting.update',
    input: place.extend({ value }),
    output: z.null(),
  },
  /** Nothing is set there any more. `changed-meanwhile` as above. */
  'settings.clear': { kind: 'command', needs: 'setting.update', input: place, output: z.null() },
});
