import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useCommand } from '#renderer/client/calls.ts';
import { AppErrorException } from '#renderer/client/client.ts';
import type { CommandName } from '#renderer/client/reads.ts';
import { errorText, fieldText } from '#renderer/ui/error-text.ts';
import type { Input, Output } from '#shared/contract/contract.ts';

/** What a failure means to a patient: some of it is said otherwise to the clinic's people. */
const words = (t: TFunction, failure: AppErrorException): string => {
  switch (failure.error.code) {
    case 'wrong-credentials':
      return t('panelAccount.wrongLogin');
    case 'wrong-code':
      return t('panelAccount.wrongCode');
    case 'code-expired':
      return t('panelAccount.codeOld');
    case 'not-permitted':
      return t('panelAccount.notHere');
    default:
      return errorText(t, failure);
  }
};

export interface Ask<N extends CommandName> {
  /** The answer, or null when it failed: then the failure is told. */
  send(input: Input<N>): Promise<Output<N> | null>;
  readonly isPending: boolean;
  errorAt(field: string): string | undefined;
  /** What went wrong that is about no field. */
  readonly failure: string | null;
  readonly code: string | null;
}

/** A command of a form, with its failures in words at their fields. */
export function useAsk<N extends CommandName>(name: N): Ask<N> {
  const { t } = useTranslation();
  const command = useCommand(name);
  const failed = command.error instanceof AppErrorException ? command.error : null;
  const fields = failed?.error.fields;
  return {
    send: (input) => command.mutateAsync(input).catch(() => null) as Promise<Output<N> | null>,
    isPending: command.isPending,
    errorAt: (field) => {
      const problem = fields?.[field];
      return problem === undefined ? undefined : fieldText(t, problem);
    },
    failure: failed === null || fields !== undefined ? null : words(t, failed),
    code: failed?.error.code ?? null,
  };
}
