import { ActionIcon, NativeSelect, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguageChoice } from '#renderer/ui/language.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';

/** The language and the light of the page, before and after logging in. */
export function Tools() {
  const { t } = useTranslation();
  const language = usePreferences((state) => state.language);
  const choose = useLanguageChoice();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme();
  return (
    <>
      <NativeSelect
        aria-label={t('panelAccount.language')}
        data={Object.entries(languages).map(([value, { name }]) => ({ value, label: name }))}
        value={language}
        onChange={(event) => void choose(event.currentTarget.value as Language)}
      />
      <ActionIcon
        variant="default"
        size={44}
        aria-label={t('panelAccount.theme')}
        onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
      >
        {scheme === 'dark' ? <IconSun size={20} aria-hidden /> : <IconMoon size={20} aria-hidden />}
      </ActionIcon>
    </>
  );
}
