import { MantineProvider } from '@mantine/core';
import { SafeScreen } from '#renderer/app/SafeScreen.tsx';
import { cssVariables, styleNonce, theme } from '#renderer/app/theme.ts';
import { useApplyPreferences } from '#renderer/app/useApplyPreferences.ts';
import { ClientProvider } from '#renderer/client/provider.tsx';
import type { Transport } from '#renderer/client/transport.ts';
import { KioskScreen } from '#renderer/features/panel-kiosk/KioskScreen.tsx';
import { speak } from '#renderer/ui/language.ts';

/** The page of a kiosk. A language chosen there is of whoever stands there, and no preference of this browser. */
export function KioskApp({ transport }: { transport: Transport }) {
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
          <KioskScreen onSpeak={(language) => void speak(language)} />
        </ClientProvider>
      </SafeScreen>
    </MantineProvider>
  );
}
