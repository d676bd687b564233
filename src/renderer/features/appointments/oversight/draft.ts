import type { BulkChange } from '#shared/contract/oversight.ts';
import { longestSpan } from '#shared/contract/oversight.ts';
import type { BulkDraft } from './store.ts';

/** Days as somebody typed them; null for what is no whole number of them, or none at all. */
const daysOf = (text: string): number | null => {
  const days = /^\s*[+-]?\d{1,3}\s*$/.test(text) ? Number(text) : 0;
  return days === 0 || Math.abs(days) > longestSpan ? null : days;
};

/** The change somebody described; null while something of it is to be said. A cancellation has its reason when it is done. */
export const changeOf = ({ kind, practitionerId, days, visitTypeId }: BulkDraft): BulkChange | null => {
  switch (kind) {
    case 'doctor':
      return practitionerId === null ? null : { kind: 'move', practitionerId, days: 0 };
    case 'days': {
      const by = daysOf(days);
      return by === null ? null : { kind: 'move', practitionerId: null, days: by };
    }
    case 'visit-type':
      return visitTypeId === null ? null : { kind: 'visit-type', visitTypeId };
    case 'cancel':
      return { kind: 'cancel', reason: '-' };
    case 'no-show':
    case 'confirm':
      return { kind };
  }
};
