import { createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { SafeScreen } from '#renderer/app/SafeScreen.tsx';
import { cssVariables, styleNonce, theme } from '#renderer/app/theme.ts';
import { useApplyPreferences } from '#renderer/app/useApplyPreferences.ts';
import { ClientProvider } from '#renderer/client/provider.tsx';
import type { Transport } from '#renderer/client/transport.ts';
import { PanelGate } from './PanelGate.tsx';

/** As the clinic's screens, with letters and targets for a thumb. */
const panelTheme = mergeThemeOverrides(
  theme,
  createTheme({ fontSizes: { xs: '13px', sm: '15px', md: '16px', lg: '18px', xl: '22px' } }),
);

/** The whole page: providers round the gate, which decides between signing in and the panel. */
export function PanelApp({ transport }: { transport: Transport }) {
  useApplyPreferences();
  return (
    <MantineProvider
      theme={panelTheme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <SafeScreen>
        <ClientProvider transport={transport}>
          <Router hook={useHashLocation}>
            <PanelGate />
          </Router>
        </ClientProvider>
      </SafeScreen>
    </MantineProvider>
  );
}
