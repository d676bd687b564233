import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { SettingView } from '#shared/contract/settings.ts';
import { type SettingKey, settingGroups, settingOf, settings } from '#shared/domain/settings/catalogue.ts';
import { SettingSheet } from './SettingSheet.tsx';
import classes from './Settings.module.css';
import { valueText, wordOf } from './setting-text.ts';

/** What is set, what counts where nothing is, and how many sites differ; the whole line opens it. */
function SettingLine({ setting, onOpen }: { setting: SettingView; onOpen: () => void }) {
  const { t } = useTranslation();
  const { locale } = useFormat();
  const { key, clinic, sites } = setting;
  const isSet = clinic?.understood === true;
  return (
    <li>
      <button type="button" className={classes.line} onClick={onOpen}>
        <span className={classes.name}>{t(`settings.name.${wordOf(key)}`)}</span>
        <span className={classes.value} data-usual={!isSet || undefined}>
          {valueText(t, key, isSet ? clinic.value : settings[key].usual, locale)}
        </span>
        <span className={classes.more}>
          {[
            sites.length > 0 && t('settings.differs', { count: sites.length }),
            [clinic, ...sites].some((stand) => stand?.understood === false) &&
              t('settings.notUnderstoodShort'),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </button>
    </li>
  );
}

/** Everything the clinic sets for itself, in groups. */
export function SettingsScreen() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('settings.list', {});
  const [openKey, open] = useState<SettingKey | null>(null);
  const opened = data?.settings.find(({ key }) => key === openKey);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.screen}>
      <h1 className={classes.title}>{t('settings.title')}</h1>
      <p className={classes.hint}>{t('settings.hint')}</p>
      {data && (
        <div className={classes.groups}>
          {settingGroups.map((group) => (
            <section key={group} aria-labelledby={`settings-${group}`}>
              <h2 id={`settings-${group}`} className={classes.group}>
                {t(`settings.group.${group}`)}
              </h2>
              <ul className={classes.list}>
                {data.settings
                  .filter(({ key }) => settingOf(key).group === group)
                  .map((setting) => (
                    <SettingLine key={setting.key} setting={setting} onOpen={() => open(setting.key)} />
                  ))}
              </ul>
            </section>
          ))}
          {data.unknown > 0 && (
            <p className={classes.quiet}>{t('settings.unknown', { count: data.unknown })}</p>
          )}
        </div>
      )}
      {data && opened && (
        <SettingSheet
          key={opened.key}
          setting={opened}
          sites={data.sites}
          refresh={refetch}
          onClose={() => open(null)}
        />
      )}
    </div>
  );
}
