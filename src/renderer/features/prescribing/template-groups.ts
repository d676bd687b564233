import type { PrescriptionTemplate } from '#shared/contract/prescriptions.ts';

const groups = ['favourites', 'ownSets', 'sets'] as const;
type Group = (typeof groups)[number];

const groupOf = ({ kind, shared }: PrescriptionTemplate): Group =>
  kind === 'favourite' ? 'favourites' : shared ? 'sets' : 'ownSets';

/** What is kept, one's own before the clinic's; groups with nothing in them are left out. */
export const groupsOf = (
  templates: readonly PrescriptionTemplate[],
): readonly (readonly [Group, readonly PrescriptionTemplate[]])[] =>
  groups
    .map((group) => [group, templates.filter((one) => groupOf(one) === group)] as const)
    .filter(([, those]) => those.length > 0);
