import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import './app/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { startI18n } from './app/i18n.ts';
import { defaultTransport } from './client/client.ts';
import { usePreferences } from './ui/preferences.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await startI18n(usePreferences.getState().language);
createRoot(root).render(
  <StrictMode>
    <App transport={defaultTransport()} />
  </StrictMode>,
);
