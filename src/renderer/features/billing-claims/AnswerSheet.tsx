import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { ClaimLineView } from '#shared/contract/claims.ts';
import { readAmount } from '#shared/domain/prices/money.ts';

interface AnswerSheetProps {
  readonly line: ClaimLineView;
  readonly currency: string;
  readonly onClose: () => void;
}

/** What the payer said of one line. */
export function AnswerSheet({ line, currency, onClose }: AnswerSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useCommand('claims.answer');
  const [draft, setDraft] = useHeldState(`claim answer ${line.id}`, {
    amount: '',
    reasonCode: '',
    reason: '',
    remittance: '',
  });
  const { save, saving, errorAt, problem } = useSave(onClose);
  const submit = () => {
    const read = readAmount(draft.amount, currency);
    const known = {
      ...(read.ok ? {} : { amount: read.error }),
      ...(draft.remittance.trim() === '' ? { remittance: 'required' } : {}),
    };
    void save(known, async () => {
      await answer.mutateAsync({ itemId: line.id, ...draft });
      toast(t('claims.recorded'));
    });
  };
  const field = (name: keyof typeof draft, label: string, more: object = {}) => (
    <TextInput
      label={label}
      value={draft[name]}
      error={errorAt(name)}
      autoComplete="off"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <SaveSheet
      title={t('claims.answer')}
      call="claims.answer"
      saving={saving}
      problem={problem}
      submit={t('claims.record')}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={formClasses.quiet}>
        {t('claims.answerTo', { line: line.line, title: line.title })} · {line.patientName} ·{' '}
        {format.money(line.amount - line.paid, currency)}
      </p>
      {field('amount', t('claims.paidIn', { currency }), {
        'data-autofocus': true,
        inputMode: 'decimal',
        maxLength: 40,
        description: t('claims.paidHint'),
      })}
      {field('remittance', t('claims.remittance'), { maxLength: 200 })}
      {field('reasonCode', t('claims.code'), { maxLength: 100 })}
      {field('reason', t('claims.reason'), { maxLength: 1000, description: t('claims.reasonHint') })}
    </SaveSheet>
  );
}
