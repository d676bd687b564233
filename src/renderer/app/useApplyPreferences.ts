import { useEffect } from 'react';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { speak } from './i18n.ts';

/** Makes language and density of the preferences true for the page. */
export function useApplyPreferences(): void {
  const language = usePreferences((state) => state.language);
  const density = usePreferences((state) => state.density);
  useEffect(() => {
    void speak(language);
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
}
