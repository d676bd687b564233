/** What stands in place of the given names of somebody who has one name only. */
export const noGivenName = '-';

interface Named {
  readonly family: string | null;
  readonly given: string | null;
}

/** Family name first, as lists are read at a desk; somebody with one name has just that. */
export const fullName = ({ family, given }: Named): string =>
  [family, given === noGivenName ? null : given].filter(Boolean).join(' ');
