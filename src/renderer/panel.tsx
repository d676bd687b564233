import './panel/mantine.ts';
import '@fontsource-variable/inter/wght.css';
import './app/base.css';
import './panel/panel.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { showUnloaded } from './app/show-unloaded.ts';
import { clinicWords } from './app/words.ts';
import { httpTransport } from './client/http-transport.ts';
import { panelWords } from './panel/words.ts';
import { fetchEveryLanguage, startI18n } from './ui/language.ts';
import { usePreferences } from './ui/preferences.ts';

const found = document.getElementById('root');
if (!found) throw new Error('panel.html has no #root');
const root = found;

/** A kiosk has the page, and nothing of the panel but that; it greets in every language. */
const isKiosk = /^\/kiosk\/?$/.test(window.location.pathname);
const { language } = usePreferences.getState();

async function loadKiosk() {
  const [{ KioskApp }] = await Promise.all([
    import('./panel/KioskApp.tsx'),
    startI18n(language, clinicWords).then(fetchEveryLanguage),
  ]);
  return KioskApp;
}

async function loadPanel() {
  const [{ PanelApp }] = await Promise.all([import('./panel/PanelApp.tsx'), startI18n(language, panelWords)]);
  return PanelApp;
}

try {
  const Page = await (isKiosk ? loadKiosk() : loadPanel());
  createRoot(root).render(
    <StrictMode>
      <Page transport={httpTransport()} />
    </StrictMode>,
  );
} catch (failure) {
  console.warn(failure);
  showUnloaded(root, language);
}
