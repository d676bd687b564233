import { Button, Radio, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '#renderer/client/calls.ts';
import { may, useCurrentUser } from '#renderer/client/session.ts';
import { Failure } from '#renderer/ui/Failure.tsx';
import form from '#renderer/ui/Form.module.css';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useSheetKeys } from '#renderer/ui/keys/useKeys.ts';
import { ReasonForm } from '#renderer/ui/ReasonForm.tsx';
import { SideSheet } from '#renderer/ui/SideSheet.tsx';
import { VisitTypeField } from '#renderer/ui/VisitTypeField.tsx';
import { WhoField } from '#renderer/ui/WhoAndWhere.tsx';
import type { BulkLine } from '#shared/contract/oversight.ts';
import type { Permission } from '#shared/contract/permissions.ts';
import type { AppointmentId } from '#shared/kernel/ids.ts';
import { BulkPreview } from './BulkPreview.tsx';
import { changeOf } from './draft.ts';
import classes from './Oversight.module.css';
import { type BulkDraft, type BulkKind, bulkKinds, useOversight } from './store.ts';
import { useBulk } from './useBulk.ts';

const formId = 'bulk-form';

/** What may be done with one may be done with many; the host decides again. */
const needed: Readonly<Record<BulkKind, Permission>> = {
  doctor: 'appointment.update',
  days: 'appointment.update',
  'visit-type': 'appointment.update',
  cancel: 'appointment.void',
  'no-show': 'visit.update',
  confirm: 'appointment.approve',
};

interface BulkSheetProps {
  readonly ids: readonly AppointmentId[];
  /** What was marked is done with. */
  readonly onDone: () => void;
}

/** One change of all that are marked: what it is, what it would make of each, and then all of it in one go. */
export function BulkSheet({ ids, onDone }: BulkSheetProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const draft = useOversight((state) => state.draft);
  const { edit, close } = useOversight.getState();
  const offered = bulkKinds.filter((kind) => may(user, needed[kind]));
  const kind = offered.find((one) => one === draft.kind) ?? offered[0];
  const change = kind === undefined ? null : changeOf({ ...draft, kind });
  const preview = useCall(
    'oversight.preview',
    { change: change ?? { kind: 'no-show' }, ids: [...ids] },
    { enabled: change !== null, keepPrevious: true },
  );
  const lines = change === null ? [] : (preview.data ?? []);
  const will = lines.filter(({ becomes }) => becomes !== null).length;
  const { apply, applying } = useBulk(onDone);
  const [busy, setBusy] = useState(false);
  const isReady = change !== null && will > 0 && !preview.isFetching && !applying;
  const submit = async (reason?: string) => {
    if (!isReady || change === null) return;
    await apply(change.kind === 'cancel' ? { ...change, reason: reason ?? change.reason } : change, lines);
  };
  const press = () => document.querySelector<HTMLFormElement>(`#${formId}`)?.requestSubmit();
  const title = t('oversight.bulk.title', { count: ids.length });
  useSheetKeys(title, [
    { keys: 'mod+Enter', label: t('oversight.keys.change'), run: press, inFields: true, enabled: isReady },
  ]);
  return (
    <SideSheet
      title={title}
      onClose={close}
      width={520}
      footer={
        <Button
          type="submit"
          form={formId}
          loading={applying || busy}
          disabled={!isReady}
          {...(kind === 'cancel' ? { color: 'red.9' } : {})}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
        >
          {t('oversight.bulk.submit', { count: will })}
        </Button>
      }
    >
      <div className={form.fields}>
        <Radio.Group
          label={t('oversight.bulk.what')}
          value={kind ?? null}
          onChange={(value) => edit({ kind: offered.find((one) => one === value) ?? 'doctor' })}
        >
          {offered.map((one) => (
            <Radio key={one} value={one} label={t(`oversight.bulk.kind.${one}`)} mt={6} />
          ))}
        </Radio.Group>
        {kind === 'cancel' ? (
          <ReasonForm
            id={formId}
            label={t('oversight.bulk.reason')}
            usual={[t('appointments.details.reasonDoctor'), t('appointments.details.reasonPatient')]}
            onBusy={setBusy}
            onSubmit={submit}
          />
        ) : (
          <form
            id={formId}
            className={form.fields}
            noValidate
            onSubmit={(event: FormEvent) => {
              event.preventDefault();
              void submit();
            }}
          >
            <Particulars draft={draft} kind={kind} />
          </form>
        )}
      </div>
      {preview.error && change !== null ? (
        <Failure failure={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <Told change={change !== null} busy={preview.isPending || preview.isPlaceholderData} lines={lines} />
      )}
    </SideSheet>
  );
}

/** What else a change needs said. */
function Particulars({ draft, kind }: { draft: BulkDraft; kind: BulkKind | undefined }) {
  const { t } = useTranslation();
  const { edit } = useOversight.getState();
  if (kind === 'doctor')
    return (
      <WhoField
        value={draft.practitionerId}
        error={undefined}
        onChange={(practitionerId) => edit({ practitionerId })}
      />
    );
  if (kind === 'days')
    return (
      <TextInput
        label={t('oversight.bulk.days')}
        description={t('oversight.bulk.daysHint')}
        inputMode="numeric"
        maxLength={5}
        value={draft.days}
        error={changeOf({ ...draft, kind }) === null && draft.days.trim() !== '' && t('errors.field.invalid')}
        onChange={(event) => edit({ days: event.currentTarget.value })}
      />
    );
  if (kind !== 'visit-type') return null;
  return (
    <VisitTypeField
      value={draft.visitTypeId}
      onChange={(visitType) => edit({ visitTypeId: visitType?.id ?? null })}
    />
  );
}

function Told({ change, busy, lines }: { change: boolean; busy: boolean; lines: readonly BulkLine[] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.preview} aria-label={t('oversight.bulk.preview')} aria-busy={change && busy}>
      <BulkPreview lines={lines} text={!change ? 'choose' : lines.length === 0 && busy ? 'looking' : null} />
    </section>
  );
}
