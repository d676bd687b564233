import { useEffect } from 'react';
import { speak } from '#renderer/ui/language.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';

/** Makes language and density of the preferences true for the page. */
export function useApplyPreferences(): void {
  const language = usePreferences((state) => state.language);
  const density = usePreferences((state) => state.density);
  useEffect(() => {
    // A language without its texts is about to be had with a page that is loaded anew.
    speak(language).catch(() => null);
  }, [language]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
}
