import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import classes from '#renderer/ui/Form.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { StandsNotice } from '#renderer/ui/StandsNotice.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useEdited } from '#renderer/ui/useEdited.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { AccountView, IssuedCode } from '#shared/contract/accounts.ts';
import { type Role, staff } from '#shared/contract/permissions.ts';
import { AccountDraft } from '#shared/domain/accounts/account.ts';
import { changedFields } from '#shared/domain/records/changes.ts';

/** The fields as they are typed; an empty id is none. */
interface Typed {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly practitionerId: string;
  readonly locationId: string;
}

const typedOf = (account: AccountView | null): Typed => ({
  username: account?.username ?? '',
  displayName: account?.displayName ?? '',
  role: account?.role ?? 'reception',
  practitionerId: account?.practitionerId ?? '',
  locationId: account?.locationId ?? '',
});

const read = (typed: Typed) =>
  AccountDraft.safeParse({
    ...typed,
    practitionerId: typed.practitionerId || null,
    locationId: typed.locationId || null,
  });

/** What is wrong with it before it is sent, by field. */
const problemsOf = (typed: Typed): Readonly<Record<string, string>> => {
  const checked = read(typed);
  return checked.success
    ? {}
    : Object.fromEntries(
        checked.error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]),
      );
};

interface Choice {
  readonly id: string;
  readonly name: string;
}

interface AccountSheetProps {
  /** Null for a new one. */
  readonly account: AccountView | null;
  readonly practitioners: readonly Choice[];
  readonly sites: readonly Choice[];
  /** A one-time code was made: it is to be shown now. */
  readonly onCode: (issued: IssuedCode) => void;
  readonly onClose: () => void;
}

/** What the fields are called, in `accounts`. */
const labels = {
  username: 'username',
  displayName: 'name',
  role: 'role',
  practitionerId: 'practitioner',
  locationId: 'site',
} as const;

/** One account, new or to be changed. Only what was changed here is sent: another administrator may change the rest. */
export function AccountSheet({ account, practitioners, sites, onCode, onClose }: AccountSheetProps) {
  const { t } = useTranslation();
  const create = useCommand('accounts.create');
  const update = useCommand('accounts.update');
  const accounts = useCall('accounts.list', {});
  const {
    was,
    draft: typed,
    change,
    stands,
    meet,
  } = useEdited(`account ${account?.id ?? ''}`, () => typedOf(account));
  const { save, saving, errorAt, problem } = useSave(
    () => undefined,
    async () => {
      const now = (await accounts.refetch()).data?.accounts.find(({ id }) => id === account?.id);
      if (now) meet(typedOf(now));
    },
  );
  const standsWords = (Object.keys(stands) as (keyof Typed)[]).map((name) => {
    const value = String(stands[name]);
    const named = [...practitioners, ...sites].find(({ id }) => id === value)?.name;
    const role = staff.find((one) => one === value);
    const label = t(`accounts.${labels[name]}`);
    return { label, value: name === 'role' && role ? t(`common.role.${role}`) : (named ?? value) };
  });
  const send = async () => {
    const { data } = read(typed);
    if (data === undefined) return;
    if (account === null) {
      const issued = await create.mutateAsync(data);
      toast(t('accounts.created', { name: data.displayName }));
      return onCode(issued);
    }
    const changed = Object.keys(changedFields(was, typed));
    const of = (values: Partial<AccountDraft> | undefined) =>
      Object.fromEntries(Object.entries(values ?? {}).filter(([field]) => changed.includes(field)));
    await update.mutateAsync({ id: account.id, changes: of(data), was: of(read(was).data) });
    toast(t('accounts.saved'));
    onClose();
  };
  return (
    <SaveSheet
      call={account ? 'accounts.update' : 'accounts.create'}
      title={account ? t('accounts.edit', { name: account.displayName }) : t('accounts.add')}
      saving={saving}
      problem={problem}
      onSubmit={() => void save(problemsOf(typed), send)}
      onClose={onClose}
      above={<StandsNotice fields={standsWords} />}
    >
      <TextInput
        label={t('accounts.name')}
        value={typed.displayName}
        error={errorAt('displayName')}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        onChange={(event) => change({ displayName: event.currentTarget.value })}
      />
      <TextInput
        label={t('accounts.username')}
        description={t('accounts.usernameHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={typed.username}
        error={errorAt('username')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => change({ username: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('accounts.role')}
        value={typed.role}
        error={errorAt('role')}
        data={staff.map((role) => ({ value: role, label: t(`common.role.${role}`) }))}
        onChange={(event) => {
          const role = staff.find((one) => one === event.currentTarget.value);
          if (role) change({ role });
        }}
      />
      <NativeSelect
        label={t('accounts.site')}
        value={typed.locationId}
        error={errorAt('locationId')}
        data={[
          { value: '', label: t('accounts.anySite') },
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => change({ locationId: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('accounts.practitioner')}
        description={t('accounts.practitionerHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={typed.practitionerId}
        error={errorAt('practitionerId')}
        data={[
          { value: '', label: t('accounts.noPractitioner') },
          ...practitioners.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(event) => change({ practitionerId: event.currentTarget.value })}
      />
      {account && <Acts account={account} onCode={onCode} />}
    </SaveSheet>
  );
}

/** What is done to an account at once, apart from its fields. */
function Acts({ account, onCode }: { account: AccountView; onCode: (issued: IssuedCode) => void }) {
  const { t } = useTranslation();
  const issue = useCommand('accounts.issueCode');
  const setActive = useCommand('accounts.setActive');
  const signOut = useCommand('accounts.signOut');
  const { id, active } = account;
  const name = account.displayName;
  const onError = (failure: unknown) => toast(errorText(t, failure), { tone: 'problem' });
  return (
    <div className={classes.acts}>
      {active && (
        <>
          <div className={classes.act}>
            <Button
              variant="default"
              loading={issue.isPending}
              onClick={() => issue.mutate({ id }, { onSuccess: onCode, onError })}
            >
              {t('accounts.issue')}
            </Button>
            <p className={classes.quiet}>{t('accounts.issueHint')}</p>
          </div>
          <div className={classes.act}>
            <Button
              variant="default"
              loading={signOut.isPending}
              onClick={() =>
                signOut.mutate({ id }, { onSuccess: () => toast(t('accounts.signedOut', { name })), onError })
              }
            >
              {t('accounts.signOut')}
            </Button>
            <p className={classes.quiet}>{t('accounts.signOutHint')}</p>
          </div>
        </>
      )}
      <div className={classes.act}>
        <Button
          variant="default"
          loading={setActive.isPending}
          onClick={() =>
            setActive.mutate(
              { id, active: !active },
              {
                onSuccess: () => toast(t(active ? 'accounts.wasClosed' : 'accounts.wasReopened', { name })),
                onError,
              },
            )
          }
        >
          {t(active ? 'accounts.close' : 'accounts.reopen')}
        </Button>
      </div>
    </div>
  );
}
