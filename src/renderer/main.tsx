import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startScreenAddress } from '#shared/domain/shell/screens.ts';
import { App } from './app/App.tsx';
import { startI18n } from './app/i18n.ts';
import { defaultTransport } from './client/client.ts';
import { StartApp } from './start/StartApp.tsx';
import { usePreferences } from './ui/preferences.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** Only the desktop has something to ask before its workstation opens. */
const isStart = window.clinichub !== undefined && `/${window.location.hash}` === startScreenAddress;

await startI18n(usePreferences.getState().language);
const transport = defaultTransport();
createRoot(root).render(
  <StrictMode>{isStart ? <StartApp transport={transport} /> : <App transport={transport} />}</StrictMode>,
);
