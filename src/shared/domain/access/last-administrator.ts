/** What of an account decides whether it can administer. */
export interface Administrating {
  readonly id: string;
  readonly role: string;
  readonly active: boolean;
}

const administers = ({ role, active }: Administrating): boolean => role === 'admin' && active;

/**
 * Whether somebody can still administer once an account is as `after` says. The centre has the last word
 * (`keep_an_administrator`): another workstation may have closed the other account.
 */
export const leavesAnAdministrator = (accounts: readonly Administrating[], after: Administrating): boolean =>
  administers(after) || accounts.some((account) => account.id !== after.id && administers(account));
