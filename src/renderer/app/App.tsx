import { MantineProvider } from '@mantine/core';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ClientProvider } from '#renderer/client/provider.tsx';
import type { Transport } from '#renderer/client/transport.ts';
import { Gate } from './Gate.tsx';
import { SafeScreen } from './SafeScreen.tsx';
import { cssVariables, styleNonce, theme } from './theme.ts';
import { useApplyPreferences } from './useApplyPreferences.ts';

/** The whole window: providers round the gate, which decides between preparing, sign-in and the work. */
export function App({ transport }: { transport: Transport }) {
  useApplyPreferences();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <SafeScreen>
        <ClientProvider transport={transport}>
          <Router hook={useHashLocation}>
            <Gate />
          </Router>
        </ClientProvider>
      </SafeScreen>
    </MantineProvider>
  );
}
