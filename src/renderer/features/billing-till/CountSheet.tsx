import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import formClasses from '#renderer/ui/Form.module.css';
import { SaveSheet } from '#renderer/ui/SaveSheet.tsx';
import { toast } from '#renderer/ui/toasts.ts';
import { useFormat } from '#renderer/ui/useFormat.ts';
import { useHeldState } from '#renderer/ui/useHeldState.ts';
import { useSave } from '#renderer/ui/useSave.ts';
import type { TillSessionView } from '#shared/contract/till.ts';
import { type CountedPiece, piecesOf, sumOfPieces } from '#shared/domain/billing/pieces.ts';
import { readAmount } from '#shared/domain/prices/money.ts';
import classes from './Till.module.css';

interface CountSheetProps {
  readonly session: TillSessionView;
  readonly onClose: () => void;
}

const isNumber = (text: string) => /^\d{1,6}$/.test(text);

/** What is in the drawer, piece by piece, with a sum that runs along; as a sum where the pieces of the currency are not known. */
export function CountSheet({ session, onClose }: CountSheetProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = useCommand('till.count');
  const { currency, id: sessionId, counts } = session;
  const turn = session.turn + 1;
  const known = piecesOf(currency);
  const [typed, setTyped] = useHeldState<Readonly<Record<number, string>>>(
    `till pieces ${sessionId} ${turn}`,
    {},
  );
  const [sum, setSum] = useHeldState(`till sum ${sessionId} ${turn}`, '');
  const { save, saving, errorAt, problem } = useSave(onClose);
  const text = (value: number) => (typed[value] ?? '').trim();
  const pieces: readonly CountedPiece[] = known.flatMap((value) =>
    isNumber(text(value)) ? [{ value, count: Number(text(value)) }] : [],
  );
  const wrong = known.filter((value) => text(value) !== '' && !isNumber(text(value)));
  const refused = counts.findLast(({ said }) => said === 'rejected');
  const submit = () => {
    const read = readAmount(sum, currency);
    const bySum = read.ok ? {} : { amount: read.error };
    const byPieces = Object.fromEntries(wrong.map((value) => [String(value), 'number']));
    void save(known.length === 0 ? bySum : byPieces, async () => {
      await count.mutateAsync({
        sessionId,
        turn,
        counted: known.length === 0 ? { by: 'sum', amount: sum } : { by: 'pieces', pieces: [...pieces] },
      });
      toast(t('till.counted'));
    });
  };
  return (
    <SaveSheet
      title={t('till.countTitle')}
      call="till.count"
      saving={saving}
      problem={problem}
      width={460}
      submit={t('till.record')}
      onSubmit={submit}
      onClose={onClose}
    >
      {refused && (
        <p className={classes.note} role="note">
          {t('till.recount', { turn, reason: refused.reason ?? '' })}
        </p>
      )}
      <p className={formClasses.quiet}>{t('till.blind')}</p>
      {known.length === 0 ? (
        <TextInput
          label={t('till.sum', { currency })}
          data-autofocus
          inputMode="decimal"
          maxLength={40}
          value={sum}
          error={errorAt('amount')}
          autoComplete="off"
          onChange={(event) => setSum(event.currentTarget.value)}
        />
      ) : (
        <>
          <div className={classes.pieces}>
            {known.map((value, index) => (
              <TextInput
                key={value}
                label={t('till.pieces', { value: format.money(value, currency) })}
                {...(index === 0 ? { 'data-autofocus': true } : {})}
                inputMode="numeric"
                maxLength={6}
                value={typed[value] ?? ''}
                error={errorAt(String(value))}
                autoComplete="off"
                onChange={(event) => setTyped({ ...typed, [value]: event.currentTarget.value })}
              />
            ))}
          </div>
          <p className={classes.sum} role="status">
            {t('till.counting', { amount: format.money(sumOfPieces(pieces), currency) })}
          </p>
        </>
      )}
    </SaveSheet>
  );
}
