import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { Output } from '#shared/contract/contract.ts';
import type { SettingStand, SettingView } from '#shared/contract/settings.ts';
import { isValueOf, settingOf, settings } from '#shared/domain/settings/catalogue.ts';
import type { LocationId } from '#shared/kernel/ids.ts';
import classes from './Settings.module.css';
import { valueText, wordOf } from './setting-text.ts';
import { type Typed, ValueField } from './ValueField.tsx';

type Site = Output<'settings.list'>['sites'][number];

interface SettingSheetProps {
  /** As it is now, also while the sheet is open. */
  readonly setting: SettingView;
  readonly sites: readonly Site[];
  /** Asks anew what stands. */
  readonly refresh: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** The whole clinic (null) or one of its sites, with the name of its field. */
interface Place {
  readonly id: LocationId | null;
  readonly field: string;
  readonly name: string;
}

const standAt = (setting: SettingView, id: LocationId | null): SettingStand | null =>
  id === null ? setting.clinic : (setting.sites.find(({ siteId }) => siteId === id) ?? null);

const typedOf = (stand: SettingStand | null): Typed => (stand?.understood ? stand.value : undefined);

/** A setting of the whole clinic and, where they may differ, of its sites; an empty field is as usual, or as the clinic. */
export function SettingSheet({ setting, sites, refresh, onClose }: SettingSheetProps) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { key } = setting;
  const about = settingOf(key);
  const places: readonly Place[] = [
    { id: null, field: 'value', name: t('settings.clinic') },
    ...(about.perSite ? sites.map(({ id, name }) => ({ id, field: id, name })) : []),
  ];
  const set = useCommand('settings.set');
  const clear = useCommand('settings.clear');
  const [before] = useHeldState(`setting ${key} before`, setting);
  // Only what was touched: every other field follows what others set meanwhile.
  const [draft, setDraft] = useHeldState<ReadonlyMap<string, Typed>>(`setting ${key}`, new Map());
  const { save, saving, errorAt, problem } = useSave(onClose);
  const name = t(`settings.name.${wordOf(key)}`);
  const say = (value: SettingStand['value']) => valueText(t, key, value, locale);
  const isChanged = ({ id, field }: Place) =>
    draft.has(field) && draft.get(field) !== typedOf(standAt(setting, id));
  const send = async () => {
    try {
      for (const place of places.filter(isChanged)) {
        const value = draft.get(place.field);
        const at = { key, siteId: place.id, seen: standAt(setting, place.id)?.written ?? null };
        await (value === undefined ? clear.mutateAsync(at) : set.mutateAsync({ ...at, value }));
      }
      toast(t('settings.saved', { name }));
    } catch (failure) {
      await refresh();
      throw failure;
    }
  };
  const submit = () => {
    const wrong = places.filter((place) => {
      const value = draft.get(place.field);
      return isChanged(place) && value !== undefined && !isValueOf(key, value);
    });
    void save(Object.fromEntries(wrong.map(({ field }) => [field, 'out-of-bounds'])), send);
  };
  const field = (place: Place) => {
    const stand = standAt(setting, place.id);
    const isElsewhere = isChanged(place) && typedOf(stand) !== typedOf(standAt(before, place.id)) && !saving;
    return (
      <div key={place.field}>
        <ValueField
          settingKey={key}
          label={place.name}
          value={draft.has(place.field) ? draft.get(place.field) : typedOf(stand)}
          placeholder={
            place.id === null
              ? t('settings.asUsual', { value: say(settings[key].usual) })
              : t('settings.asClinic')
          }
          error={errorAt(place.field)}
          withNone={place.id !== null}
          onChange={(value) => setDraft((old) => new Map(old).set(place.field, value))}
        />
        {isElsewhere && (
          <p className={classes.meanwhile} role="status">
            {t('settings.changedMeanwhile', {
              value: stand ? say(stand.value) : t('settings.asUsual', { value: say(settings[key].usual) }),
            })}
          </p>
        )}
        {stand?.understood === false && (
          <Alert color="yellow" variant="light" mt={6}>
            {t('settings.notUnderstood', { written: stand.written.slice(0, 80) })}
          </Alert>
        )}
      </div>
    );
  };
  const [clinic, ...others] = places;
  return (
    <SaveSheet
      call="settings.set"
      title={name}
      saving={saving}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.about}>
        {t(`settings.about.${wordOf(key)}`)}{' '}
        {about.type === 'whole' &&
          t('settings.bounds', { ...about, unit: t(`settings.unitOf.${about.unit}`) })}{' '}
        {t('settings.usual', { value: say(settings[key].usual) })}
      </p>
      {clinic && field(clinic)}
      {others.length > 0 && (
        <fieldset className={classes.sites}>
          <legend>{t('settings.sites')}</legend>
          <p className={classes.quiet}>{t('settings.sitesHint')}</p>
          {others.map(field)}
        </fieldset>
      )}
    </SaveSheet>
  );
}
