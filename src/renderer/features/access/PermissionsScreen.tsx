import { Button } from '@mantine/core';
import { IconRestore } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import type { RoleDifference } from '#shared/contract/access.ts';
import {
  type Noun,
  nouns,
  type Permission,
  type Role,
  roles,
  type Verb,
} from '#shared/contract/permissions.ts';
import { fixedBecause, isUsual } from '#shared/domain/access/bounds.ts';
import classes from './PermissionsScreen.module.css';

/** One cell of the table: a permission of a role. */
interface Cell {
  readonly role: Role;
  readonly permission: Permission;
}

const rows: readonly Permission[] = nouns.flatMap(({ noun, verbs }) =>
  verbs.map((verb) => `${noun}.${verb}` as Permission),
);
const partsOf = (permission: Permission) => permission.split('.') as [Noun, Verb];
const first: Cell = { role: roles[0], permission: rows[0] ?? 'patient.read' };

/** The cell an arrow, Home or End leads to. */
const cellAfter = ({ role, permission }: Cell, key: string): Cell | null => {
  const [column, row] = [roles.indexOf(role), rows.indexOf(permission)];
  const to: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [column - 1, row],
    ArrowRight: [column + 1, row],
    ArrowUp: [column, row - 1],
    ArrowDown: [column, row + 1],
    Home: [0, row],
    End: [roles.length - 1, row],
  };
  const [nextRole, nextPermission] = [roles[to[key]?.[0] ?? -1], rows[to[key]?.[1] ?? -1]];
  return nextRole && nextPermission ? { role: nextRole, permission: nextPermission } : null;
};

function usePermissions() {
  const { t } = useTranslation();
  const { data, error, refetch } = useCall('access.differences', {});
  const { mutateAsync: send } = useCommand('access.set');
  const { mutateAsync: sendReset } = useCommand('access.reset');
  const differences = data ?? [];
  const differing = ({ role, permission }: Cell) =>
    differences.find((one) => one.role === role && one.permission === permission);
  const isGranted = (cell: Cell) => differing(cell)?.granted ?? isUsual(cell.role, cell.permission);
  const attempt = async (run: () => Promise<unknown>, done: () => void) => {
    try {
      await run();
      done();
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  const set = (change: RoleDifference): Promise<void> =>
    attempt(
      () => send(change),
      () => {
        const [noun, verb] = partsOf(change.permission);
        toast(
          t(change.granted ? 'access.given' : 'access.taken', {
            role: t(`common.role.${change.role}`),
            noun: t(`access.noun.${noun}`),
            verb: t(`access.verb.${verb}`),
          }),
          { undo: () => set({ ...change, granted: !change.granted }) },
        );
      },
    );
  const reset = () =>
    attempt(
      () => sendReset({}),
      () =>
        toast(t('access.wasReset'), {
          undo: () =>
            attempt(
              async () => {
                for (const one of differences) await send(one);
              },
              () => undefined,
            ),
        }),
    );
  return { loaded: data !== undefined, error, refetch, differences, differing, isGranted, set, reset };
}

/** What each role may do: nouns and verbs down, roles across. What differs from the usual is marked, what is fixed says why. */
export function PermissionsScreen() {
  const { t } = useTranslation();
  const { loaded, error, refetch, differences, differing, isGranted, set, reset } = usePermissions();
  const [at, setAt] = useState(first);
  const table = useRef<HTMLTableElement>(null);
  const name = ({ role, permission }: Cell) => {
    const [noun, verb] = partsOf(permission);
    return t('access.cell', {
      role: t(`common.role.${role}`),
      noun: t(`access.noun.${noun}`),
      verb: t(`access.verb.${verb}`),
    });
  };
  const said = (cell: Cell) => {
    const fixed = fixedBecause(cell.role, cell.permission);
    return fixed ? t(`access.fixed.${fixed}`) : t(differing(cell) ? 'access.changed' : 'access.usual');
  };
  const move = (event: KeyboardEvent) => {
    const to = cellAfter(at, event.key);
    if (to === null) return;
    event.preventDefault();
    table.current
      ?.querySelector<HTMLElement>(`[data-cell="${CSS.escape(`${to.role} ${to.permission}`)}"]`)
      ?.focus();
  };
  const renderCell = (cell: Cell) => {
    const fixed = fixedBecause(cell.role, cell.permission);
    const isAt = cell.role === at.role && cell.permission === at.permission;
    return (
      <td key={cell.role} data-changed={differing(cell) ? true : undefined}>
        <input
          type="checkbox"
          className={classes.box}
          data-cell={`${cell.role} ${cell.permission}`}
          aria-label={name(cell)}
          aria-description={said(cell)}
          aria-disabled={fixed !== null || undefined}
          title={said(cell)}
          tabIndex={isAt ? 0 : -1}
          checked={isGranted(cell)}
          onFocus={() => setAt(cell)}
          onChange={() => fixed === null && void set({ ...cell, granted: !isGranted(cell) })}
        />
      </td>
    );
  };
  return (
    <div className={classes.screen}>
      <div className={classes.bar}>
        <h1 className={classes.title}>{t('access.title')}</h1>
        <p className={classes.count} role="status">
          {loaded && t('access.differs', { count: differences.length })}
        </p>
        <Button
          variant="default"
          leftSection={<IconRestore size={16} stroke={1.6} aria-hidden />}
          disabled={differences.length === 0}
          onClick={() => void reset()}
        >
          {t('access.reset')}
        </Button>
      </div>
      {error && <Failure failure={error} onRetry={() => void refetch()} />}
      {loaded && (
        <>
          <div className={classes.scroll}>
            <table ref={table} className={classes.table} onKeyDown={move}>
              <caption className={classes.hint}>
                {t('access.hint')} {t('access.keys')}
              </caption>
              <thead>
                <tr>
                  <th scope="col">{t('access.what')}</th>
                  {roles.map((role) => (
                    <th key={role} scope="col">
                      {t(`common.role.${role}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              {nouns.map(({ noun, verbs }) => (
                <tbody key={noun}>
                  <tr>
                    <th scope="rowgroup" colSpan={roles.length + 1} className={classes.noun}>
                      {t(`access.noun.${noun}`)}
                    </th>
                  </tr>
                  {verbs.map((verb) => (
                    <tr key={verb}>
                      <th scope="row">{t(`access.verb.${verb}`)}</th>
                      {roles.map((role) => renderCell({ role, permission: `${noun}.${verb}` as Permission }))}
                    </tr>
                  ))}
                </tbody>
              ))}
            </table>
          </div>
          <p className={classes.said} aria-hidden>
            {name(at)} – {said(at)}
          </p>
        </>
      )}
    </div>
  );
}
