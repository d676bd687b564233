import { Button, Popover, SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconChevronDown,
  IconDevices,
  IconDeviceTablet,
  IconKey,
  IconLock,
  IconLogout,
  IconPassword,
  IconUsers,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { endSession } from '#renderer/client/provider.tsx';
import { mayCall } from '#renderer/client/session.ts';
import { DiagnosticsButton } from '#renderer/features/diagnostics/DiagnosticsButton.tsx';
import { UpdateNote } from '#renderer/features/updates/UpdateNote.tsx';
import { initials } from '#renderer/ui/format.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useLanguageChoice } from '#renderer/ui/language.ts';
import { type Density, usePreferences } from '#renderer/ui/preferences.ts';
import type { SignedInUser } from '#shared/contract/session.ts';
import { signs } from '#shared/domain/accounts/account.ts';
import { type Language, languages } from '#shared/i18n/languages.ts';
import classes from './Identity.module.css';
import { PasswordSheet } from './PasswordSheet.tsx';
import { PinSheet } from './PinSheet.tsx';
import { lockKeys, useLock } from './useLock.ts';

/** Whose session this is, always in view; a click opens theme, language and signing out. */
export function Identity({ user }: { user: SignedInUser }) {
  const { t } = useTranslation();
  const [opened, menu] = useDisclosure(false);
  const [pinShown, pinSheet] = useDisclosure(false);
  const [passwordShown, passwordSheet] = useDisclosure(false);
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && menu.close()}
      position="bottom-end"
      width={280}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.chip}
          onClick={menu.toggle}
          aria-label={t('app.identity.open', { name: user.displayName })}
        >
          <span className={classes.initials} data-initials={initials(user.displayName)} aria-hidden />
          <span className={classes.name}>{user.displayName}</span>
          <IconChevronDown size={14} stroke={1.6} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown
        className={classes.menu ?? ''}
        aria-label={t('app.identity.open', { name: user.displayName })}
      >
        <div>
          <div className={classes.fullName}>{user.displayName}</div>
          <div className={classes.role}>
            {t(`common.role.${user.role}`)} · {user.username}
          </div>
        </div>
        <Settings />
        <div className={classes.actions}>
          <Lock />
          <SignOut />
        </div>
        <div className={classes.actions}>
          <Button
            variant="default"
            size="xs"
            fullWidth
            leftSection={<IconPassword size={16} stroke={1.6} />}
            onClick={() => {
              menu.close();
              passwordSheet.open();
            }}
          >
            {t('session.newPassword.change')}
          </Button>
          {signs(user.role) && (
            <Pin
              onOpen={() => {
                menu.close();
                pinSheet.open();
              }}
            />
          )}
          <EndEverywhere />
          {mayCall(user, 'kiosk.arm') && <ToKiosk />}
          {mayCall(user, 'diagnostics.export') && <DiagnosticsButton />}
        </div>
        <UpdateNote className={classes.about} />
        <About />
      </Popover.Dropdown>
      {passwordShown && <PasswordSheet onClose={passwordSheet.close} />}
      {pinShown && <PinSheet onClose={pinSheet.close} />}
    </Popover>
  );
}

/** Only a browser can be a kiosk; its own page asks again and does it. */
function ToKiosk() {
  const { t } = useTranslation();
  const info = useCall('app.info', {}).data;
  if (info?.host !== 'headless') return null;
  return (
    <Button
      variant="default"
      size="xs"
      fullWidth
      leftSection={<IconDeviceTablet size={16} stroke={1.6} />}
      onClick={() => window.location.assign('/kiosk')}
    >
      {t('kiosk.arm.menu')}
    </Button>
  );
}

function Settings() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const preferences = usePreferences();
  const choose = useLanguageChoice();
  return (
    <>
      <Choice
        label={t('app.identity.theme')}
        value={colorScheme}
        choices={[
          { value: 'light', label: t('app.identity.light') },
          { value: 'dark', label: t('app.identity.dark') },
          { value: 'auto', label: t('app.identity.auto') },
        ]}
        onChange={setColorScheme}
      />
      <Choice<Language>
        label={t('app.identity.language')}
        value={preferences.language}
        choices={(Object.keys(languages) as Language[]).map((value) => ({
          value,
          label: languages[value].name,
        }))}
        onChange={(language) => void choose(language)}
      />
      <Choice<Density>
        label={t('app.identity.density')}
        value={preferences.density}
        choices={[
          { value: 'dense', label: t('app.identity.dense') },
          { value: 'roomy', label: t('app.identity.roomy') },
        ]}
        onChange={(density) => preferences.set({ density })}
      />
      <Switch
        size="sm"
        label={t('app.identity.singleKeys')}
        description={t('app.identity.singleKeysHint')}
        checked={preferences.singleKeys}
        onChange={(event) => preferences.set({ singleKeys: event.currentTarget.checked })}
      />
    </>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}

function Choice<V extends string>({ label, value, choices, onChange }: ChoiceProps<V>) {
  return (
    <div>
      <div className={classes.label}>{label}</div>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={label}
        value={value}
        data={choices.map((choice) => ({ ...choice }))}
        onChange={(chosen) => onChange(chosen as V)}
        transitionDuration={80}
      />
    </div>
  );
}

function Pin({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const isSet = useCall('session.pin', {}).data?.set === true;
  return (
    <Button
      variant="default"
      size="xs"
      fullWidth
      leftSection={<IconKey size={16} stroke={1.6} />}
      onClick={onOpen}
    >
      {t(isSet ? 'session.pin.change' : 'session.pin.set')}
    </Button>
  );
}

function Lock() {
  const { t } = useTranslation();
  const lock = useLock();
  return (
    <>
      <Button
        variant="default"
        size="xs"
        fullWidth
        leftSection={<IconLock size={16} stroke={1.6} />}
        rightSection={<KeyHint keys={lockKeys} quiet />}
        onClick={() => void lock()}
      >
        {t('app.identity.lock')}
      </Button>
      <Button
        variant="default"
        size="xs"
        fullWidth
        leftSection={<IconUsers size={16} stroke={1.6} />}
        onClick={() => void lock('switch')}
      >
        {t('app.identity.switch')}
      </Button>
    </>
  );
}

function SignOut() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const signOut = useCommand('session.signOut');
  return (
    <Button
      variant="default"
      size="xs"
      fullWidth
      loading={signOut.isPending}
      leftSection={<IconLogout size={16} stroke={1.6} />}
      onClick={() => signOut.mutate({}, { onSuccess: () => endSession(queries) })}
    >
      {t('app.identity.signOut')}
    </Button>
  );
}

function EndEverywhere() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const everywhere = useCommand('session.signOutEverywhere');
  return (
    <Button
      variant="default"
      size="xs"
      fullWidth
      loading={everywhere.isPending}
      leftSection={<IconDevices size={16} stroke={1.6} />}
      onClick={() => everywhere.mutate({}, { onSuccess: () => endSession(queries) })}
    >
      {t('session.signOutEverywhere')}
    </Button>
  );
}

function About() {
  const { t } = useTranslation();
  const info = useCall('app.info', {}).data;
  if (!info) return null;
  return (
    <div className={classes.about}>
      {t('app.identity.workstation', { name: info.workstation, version: info.version })}
    </div>
  );
}
