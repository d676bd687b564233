import '@mantine/core/styles.css';
import '@fontsource-variable/inter/wght.css';
import './app/base.css';
import './panel/panel.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from './app/i18n.ts';
import { httpTransport } from './client/http-transport.ts';
import { PanelApp } from './panel/PanelApp.tsx';
import { usePreferences } from './ui/preferences.ts';

const root = document.getElementById('root');
if (!root) throw new Error('panel.html has no #root');

/** A kiosk has the page, and nothing of the panel but that. */
const isKiosk = /^\/kiosk\/?$/.test(window.location.pathname);
const Page = isKiosk ? (await import('./panel/KioskApp.tsx')).KioskApp : PanelApp;

await startI18n(usePreferences.getState().language);
createRoot(root).render(
  <StrictMode>
    <Page transport={httpTransport()} />
  </StrictMode>,
);
