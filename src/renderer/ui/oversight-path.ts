/** Names in the address of the list of all appointments. */
export type OversightName =
  | 'from'
  | 'until'
  | 'site'
  | 'doctor'
  | 'type'
  | 'by'
  | 'patient'
  | 'is'
  | 'standing'
  | 'overbooked'
  | 'unanswered'
  | 'order';

/** Where all appointments are listed. */
export const oversightPath = '/appointments';

/** The address of those appointments that a figure counts; what is null is not asked for. */
export const oversightOf = (filter: Partial<Readonly<Record<OversightName, string | null>>>): string => {
  const said = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return `${oversightPath}?${new URLSearchParams(said)}`;
};
