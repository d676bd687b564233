import { v5 } from 'uuid';

/**
 * The id of an account's preference: made of both (a UUID version 5 in the account's own namespace), so that two workstations that
 * set one preference without hearing of each other write one row.
 */
export const preferenceId = (accountId: string, key: string): string => v5(key, accountId);
