import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/client/calls.ts';
import { mayCall, useCurrentUser } from '#renderer/client/session.ts';
import { downloadFile } from '#renderer/ui/download.ts';
import { errorText } from '#renderer/ui/error-text.ts';
import { KeyHint } from '#renderer/ui/keys/KeyHint.tsx';
import { useKeys } from '#renderer/ui/keys/useKeys.ts';
import { usePreferences } from '#renderer/ui/preferences.ts';
import { toast } from '#renderer/ui/toasts.ts';
import type { InvoiceView } from '#shared/contract/invoices.ts';
import classes from './Bills.module.css';
import { patientBillPath } from './paths.ts';
import type { Sheet } from './sheet.ts';

interface InvoiceActionsProps {
  readonly invoice: InvoiceView;
  /** No sheet is open. */
  readonly free: boolean;
  readonly onSheet: (sheet: Sheet) => void;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

function useActs(invoice: InvoiceView) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const language = usePreferences((state) => state.language);
  const [busy, setBusy] = useState(false);
  const issue = useCommand('invoices.issue');
  const giveUp = useCommand('invoices.giveUp');
  const paper = useCommand('invoices.paper');
  const act = (what: () => Promise<void>) => async () => {
    if (busy) return;
    setBusy(true);
    try {
      await what();
    } catch (failure) {
      toast(errorText(t, failure), { tone: 'problem' });
    } finally {
      setBusy(false);
    }
  };
  const { id, total, patientId } = invoice;
  return {
    busy,
    issue: act(async () => {
      await issue.mutateAsync({ id, total });
      toast(t('billing.issued'));
    }),
    giveUp: act(async () => {
      await giveUp.mutateAsync({ id });
      toast(t('billing.givenUp'));
      navigate(patientBillPath(patientId));
    }),
    print: act(async () => {
      const { file, copy } = await paper.mutateAsync({ id, language });
      downloadFile(file.name, new Blob([bytesOf(file.data)], { type: file.contentType }));
      if (copy) toast(t('billing.wasCopy'));
    }),
  };
}

/** What can be done about a bill, in the order of its life. */
export function InvoiceActions({ invoice, free, onSheet }: InvoiceActionsProps) {
  const { t } = useTranslation();
  const user = useCurrentUser();
  const acts = useActs(invoice);
  const { kind, status, lines } = invoice;
  const isDraft = status === 'draft';
  const isIssued = invoice.issuedAt !== null && status !== 'entered-in-error';
  const mayIssue = isDraft && lines.length > 0 && mayCall(user, 'invoices.issue');
  const mayCredit =
    isIssued &&
    kind === 'invoice' &&
    status !== 'cancelled' &&
    lines.length > 0 &&
    mayCall(user, 'invoices.credit');
  const credit = () => onSheet({ kind: 'credit', line: null });
  useKeys(t('billing.tab.bills'), [
    {
      keys: 'mod+Enter',
      label: t('billing.issue'),
      run: () => void acts.issue(),
      enabled: free && mayIssue,
    },
    { keys: 'c', label: t('billing.creditAll'), run: credit, enabled: free && mayCredit },
    { keys: 'p', label: t('billing.print'), run: () => void acts.print(), enabled: free && isIssued },
  ]);
  return (
    <div className={classes.foot}>
      {mayIssue && (
        <Button
          loading={acts.busy}
          onClick={() => void acts.issue()}
          rightSection={<KeyHint keys="mod+Enter" quiet />}
        >
          {t('billing.issue')}
        </Button>
      )}
      {isDraft && mayCall(user, 'invoices.giveUp') && (
        <Button variant="default" disabled={acts.busy} onClick={() => void acts.giveUp()}>
          {t('billing.giveUp')}
        </Button>
      )}
      {isIssued && (
        <Button
          variant="default"
          loading={acts.busy}
          onClick={() => void acts.print()}
          rightSection={<KeyHint keys="p" quiet />}
        >
          {t('billing.print')}
        </Button>
      )}
      {mayCredit && (
        <Button variant="default" onClick={credit} rightSection={<KeyHint keys="c" quiet />}>
          {t('billing.creditAll')}
        </Button>
      )}
    </div>
  );
}
