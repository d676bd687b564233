import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startScreenAddress } from '#shared/domain/shell/screens.ts';
import { App } from './app/App.tsx';
import { showUnloaded } from './app/show-unloaded.ts';
import { clinicWords } from './app/words.ts';
import { defaultTransport } from './client/client.ts';
import { StartApp } from './start/StartApp.tsx';
import { startI18n } from './ui/language.ts';
import { usePreferences } from './ui/preferences.ts';

const found = document.getElementById('root');
if (!found) throw new Error('index.html has no #root');
const root = found;

/** Only the desktop has something to ask before its workstation opens. */
const isStart = window.clinichub !== undefined && `/${window.location.hash}` === startScreenAddress;

const { language } = usePreferences.getState();
try {
  await startI18n(language, clinicWords);
  const transport = defaultTransport();
  createRoot(root).render(
    <StrictMode>{isStart ? <StartApp transport={transport} /> : <App transport={transport} />}</StrictMode>,
  );
} catch (failure) {
  console.warn(failure);
  showUnloaded(root, language);
}
