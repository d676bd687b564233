import { Button } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCall, useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { DataTable, type TableColumn } from '#renderer/ui/DataTable.tsx';
import { EmptyState } from '#renderer/ui/EmptyState.tsx';
import { errorText } from '#renderer/ui/error-text.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import type { ExceptionView } from '#shared/contract/scheduling.ts';
import { whenText, whereText, whoText } from './exception-text.ts';
import classes from './ScheduleScreen.module.css';

/** Takes an exception back; the toast enters it again. */
function useTakeBack() {
  const { t } = useTranslation();
  const { mutateAsync: voidIt } = useCommand('scheduling.voidException');
  const { mutateAsync: add } = useCommand('scheduling.addException');
  const told = async (work: () => Promise<unknown>, done: string, undo?: () => void) => {
    try {
      await work();
      toast(done, undo ? { undo } : {});
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    }
  };
  return ({ id, practitionerName, locationName, ...details }: ExceptionView) =>
    told(
      () => voidIt({ id }),
      t('scheduling.exception.takenBack', { name: details.name }),
      () => void told(() => add(details), t('scheduling.exception.added', { name: details.name })),
    );
}

function useColumns(waiting: ReadonlyMap<string, number>): readonly TableColumn<ExceptionView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  return [
    {
      key: 'when',
      header: t('scheduling.exception.when'),
      width: 'minmax(180px, 1.4fr)',
      tabular: true,
      cell: (row) => whenText(format, row),
    },
    {
      key: 'who',
      header: t('scheduling.exception.who'),
      width: 'minmax(120px, 1fr)',
      cell: (row) => whoText(t, row),
    },
    {
      key: 'where',
      header: t('scheduling.exception.where'),
      width: 'minmax(90px, 0.7fr)',
      cell: (row) => whereText(t, row),
    },
    {
      key: 'what',
      header: t('scheduling.exception.what'),
      width: 'minmax(140px, 1.2fr)',
      cell: ({ kind, name }) => `${t(`appointments.away.${kind}`)} · ${name}`,
    },
    {
      key: 'affected',
      header: t('scheduling.exception.affected'),
      width: '96px',
      align: 'end',
      cell: ({ id }) =>
        waiting.has(id) ? <span className={classes.waiting}>{format.number(waiting.get(id) ?? 0)}</span> : '',
    },
  ];
}

/** Leave, holidays and extra hours that are not over, and beside the chosen one the appointments it makes impossible. */
export function ExceptionsView({
  renderAffected,
  alone,
}: {
  renderAffected: (exception: ExceptionView) => ReactNode;
  /** A sheet is beside it: the list needs the room. */
  alone: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const user = useCurrentUser();
  const from = format.today();
  const { data, error, refetch } = useCall('scheduling.exceptions', { from }, { keepPrevious: true });
  const counts = useCall('scheduling.affectedCounts', { from }, { keepPrevious: true }).data ?? [];
  const waiting = new Map<string, number>(counts.map(({ id, appointments }) => [id, appointments]));
  const columns = useColumns(waiting);
  const [selectedId, select] = useState<string | null>(null);
  const details = useRef<HTMLElement>(null);
  const [, navigate] = useLocation();
  const voidIt = useTakeBack();
  const selected = data?.find(({ id }) => id === selectedId) ?? data?.find(({ id }) => waiting.has(id));
  const mayVoid = mayCall(user, 'scheduling.voidException') && selected !== undefined;
  // Where appointments were moved because of it, it is taken back together with them.
  const known = useCall('absence.known', {}, { enabled: mayCall(user, 'absence.known') }).data ?? [];
  const withMoves = known.some(({ id }) => id === selected?.id);
  const takeBack = () => {
    if (withMoves) navigate('/absence');
    else if (selected) void voidIt(selected);
  };
  const takeBackText = t(withMoves ? 'scheduling.exception.takeBackMoves' : 'scheduling.exception.takeBack');
  useKeys(t('scheduling.view.exceptions'), [
    {
      keys: 'ArrowRight',
      label: t('scheduling.exception.toAffected'),
      run: () => details.current?.querySelector<HTMLElement>('li button')?.focus(),
      enabled: selected !== undefined && !alone,
    },
    {
      keys: 'Delete|Backspace',
      label: takeBackText,
      run: takeBack,
      enabled: mayVoid,
    },
  ]);
  if (error) return <Failure failure={error} onRetry={() => void refetch()} />;
  return (
    <div className={classes.columns} data-alone={alone || undefined}>
      <div className={classes.list}>
        <DataTable
          label={t('scheduling.view.exceptions')}
          rows={data ?? []}
          columns={columns}
          rowKey={({ id }) => id}
          selectedKey={selected?.id ?? null}
          onSelect={({ id }) => select(id)}
          empty={data && <EmptyState text={t('scheduling.exception.none')} />}
        />
      </div>
      {!alone && (
        <aside ref={details} className={classes.details} aria-label={t('scheduling.exception.affected')}>
          {selected === undefined ? (
            <EmptyState text={t('scheduling.exception.choose')} />
          ) : (
            <>
              <h2 className={classes.title}>
                {whoText(t, selected)} · {selected.name}
              </h2>
              <p className={classes.sub}>
                {whenText(format, selected)} · {whereText(t, selected)}
              </p>
              {mayVoid && (
                <Button
                  variant="default"
                  size="sm"
                  mb="md"
                  onClick={takeBack}
                  rightSection={<KeyHint keys="Delete|Backspace" quiet />}
                >
                  {takeBackText}
                </Button>
              )}
              {renderAffected(selected)}
            </>
          )}
        </aside>
      )}
    </div>
  );
}
