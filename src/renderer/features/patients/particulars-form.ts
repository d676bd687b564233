import { ChangedParticulars, type VoidableKind } from '#shared/domain/patients/particulars.ts';

/** What stands in the folded part of the form: text as typed. */
export interface ParticularsValues {
  readonly telecoms: readonly { readonly value: string; readonly use: string; readonly note: string }[];
  readonly identifiers: readonly {
    readonly type: string;
    readonly value: string;
    readonly issuer: string;
  }[];
  readonly voided: readonly {
    readonly kind: VoidableKind;
    readonly id: string;
    readonly reason: string;
  }[];
}

export const emptyParticulars: ParticularsValues = { telecoms: [], identifiers: [], voided: [] };

export const newTelecom: ParticularsValues['telecoms'][number] = { value: '', use: 'mobile', note: '' };
export const newIdentifier: ParticularsValues['identifiers'][number] = { type: 'NI', value: '', issuer: '' };

/** Whether anything was typed into it that is not saved. */
export const isTyped = (values: ParticularsValues, shown: ParticularsValues = emptyParticulars): boolean =>
  JSON.stringify(values) !== JSON.stringify(shown);

export type CheckedParticulars =
  | { readonly ok: true; readonly value: ChangedParticulars }
  /** By path, as `telecoms.0.value`: a code of `errors.field`. */
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

const nothing = (text: string): string | null => text.trim() || null;

interface Issue {
  readonly code: string;
  readonly message: string;
}

const problemOf = ({ code, message }: Issue): string => {
  if (/^[a-z-]+$/.test(message)) return message;
  return code === 'too_big' ? 'too-long' : code === 'too_small' ? 'required' : 'invalid';
};

/** What is to be sent, or what is wrong and where. */
export const checkParticulars = (values: ParticularsValues): CheckedParticulars => {
  const parsed = ChangedParticulars.safeParse({
    telecoms: values.telecoms.map(({ use, ...rest }) => ({ ...rest, use: nothing(use) })),
    identifiers: values.identifiers,
    voided: values.voided,
  });
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems: Record<string, string> = {};
  for (const issue of parsed.error.issues) problems[issue.path.map(String).join('.')] ??= problemOf(issue);
  return { ok: false, problems };
};
