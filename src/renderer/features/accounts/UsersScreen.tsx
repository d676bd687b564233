import { Alert, Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import type { TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { RowName, SearchedTable } from '#renderer/ui/SearchedTable.tsx';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { AccountView, IssuedCode } from '#shared/contract/accounts.ts';
import { fold } from '#shared/domain/patients/fold.ts';
import { AccountSheet } from './AccountSheet.tsx';
import { CodeSheet } from './CodeSheet.tsx';
import classes from './UsersScreen.module.css';

const shown = ['open', 'closed', 'all'] as const;
type Shown = (typeof shown)[number];

/** Whether somebody can sign in, and with what. */
function SignInState({ account }: { account: AccountView }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!account.active) return <span className={classes.quiet}>{t('accounts.isClosed')}</span>;
  if (account.codeExpired) return <span className={classes.late}>{t('accounts.expired')}</span>;
  if (account.codeUntil !== null)
    return <>{t('accounts.waits', { when: format.dateTime(account.codeUntil) })}</>;
  if (!account.hasPassword) return <span className={classes.late}>{t('accounts.noCode')}</span>;
  return <span className={classes.quiet}>{t('accounts.ready')}</span>;
}

function useColumns(
  nameOf: (kind: 'sites' | 'practitioners', id: string | null) => string | undefined,
): readonly TableColumn<AccountView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      header: t('accounts.name'),
      width: 'minmax(180px, 2fr)',
      cell: ({ displayName, active, certainty }) => (
        <RowName name={displayName} active={active} certainty={certainty} />
      ),
    },
    {
      key: 'username',
      header: t('accounts.username'),
      width: 'minmax(110px, 1fr)',
      cell: ({ username }) => username,
    },
    {
      key: 'role',
      header: t('accounts.role'),
      width: 'minmax(110px, 1fr)',
      cell: ({ role }) => (role === null ? '' : t(`common.role.${role}`)),
    },
    {
      key: 'state',
      header: t('accounts.state'),
      width: 'minmax(210px, 1.4fr)',
      tabular: true,
      cell: (account) => <SignInState account={account} />,
    },
    {
      key: 'site',
      header: t('accounts.site'),
      width: 'minmax(100px, 1fr)',
      cell: ({ locationId }) => nameOf('sites', locationId) ?? t('accounts.anySite'),
    },
    {
      key: 'practitioner',
      header: t('accounts.practitioner'),
      width: 'minmax(120px, 1.2fr)',
      cell: ({ practitionerId }) => nameOf('practitioners', practitionerId) ?? '',
    },
  ];
}

type Sheet =
  | { readonly kind: 'account'; readonly id: string | null }
  | { readonly kind: 'code'; readonly issued: IssuedCode };

/** Who may sign in here: looked through, invited, changed, closed. `onFix` opens what the centre refused, to be corrected and sent again. */
export function UsersScreen({ onFix }: { readonly onFix: (n: number) => void }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('accounts.list', {});
  const [typed, setTyped] = useState('');
  const [which, setWhich] = useState<Shown>('open');
  const [sheet, openSheet] = useState<Sheet | null>(null);
  const columns = useColumns((kind, id) => data?.[kind].find((one) => one.id === id)?.name);
  const add = () => openSheet({ kind: 'account', id: null });
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  const wanted = fold(typed.trim());
  const rows = (data?.accounts ?? []).filter(
    ({ displayName, username, active }) =>
      (which === 'all' || active === (which === 'open')) &&
      fold(`${displayName} ${username}`).includes(wanted),
  );
  const account = (id: string) => data?.accounts.find((one) => one.id === id);
  const issued = sheet?.kind === 'code' ? sheet.issued : null;
  const codeOf = issued && account(issued.id);
  return (
    <>
      <SearchedTable
        title={t('accounts.title')}
        count={data && t('accounts.count', { count: rows.length })}
        search={t('accounts.search')}
        text={typed}
        onText={setTyped}
        keys={[{ keys: 'n', label: t('accounts.add'), run: add, enabled: sheet === null }]}
        actions={
          <>
            <SegmentedControl
              aria-label={t('accounts.show')}
              value={which}
              onChange={(value) => setWhich(shown.find((one) => one === value) ?? 'open')}
              data={shown.map((value) => ({ value, label: t(`accounts.${value}`) }))}
            />
            <Button
              leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
              rightSection={<KeyHint keys="n" quiet />}
              onClick={add}
            >
              {t('accounts.add')}
            </Button>
          </>
        }
        notes={data?.refused.map(({ n, name, username }) => (
          <Alert key={n} className={classes.refused ?? ''} color="red" variant="light" role="alert">
            <span className={classes.refusedText}>
              {t('accounts.refused', { who: [name, username && `(${username})`].filter(Boolean).join(' ') })}
            </span>
            <Button size="compact-sm" onClick={() => onFix(n)}>
              {t('accounts.fix')}
            </Button>
          </Alert>
        ))}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => openSheet({ kind: 'account', id })}
        empty={data && <EmptyState text={t('accounts.none')} />}
      />
      {data && sheet?.kind === 'account' && (
        <AccountSheet
          key={sheet.id ?? 'new'}
          account={(sheet.id && account(sheet.id)) || null}
          practitioners={data.practitioners}
          sites={data.sites}
          onCode={(code) => openSheet({ kind: 'code', issued: code })}
          onClose={() => openSheet(null)}
        />
      )}
      {issued && codeOf && <CodeSheet issued={issued} account={codeOf} onClose={() => openSheet(null)} />}
    </>
  );
}
