import type { AppErrorException } from '#renderer/client/client.ts';

interface Asked {
  readonly data: unknown;
  readonly error: AppErrorException | null;
}

/**
 * The failure that is shown instead of an answer. What was answered before stays where the host could not be reached meanwhile: the page
 * says above that it cannot. What may no longer be seen goes.
 */
export const failureOf = ({ data, error }: Asked): AppErrorException | null =>
  data !== undefined && error?.error.code === 'unavailable' ? null : error;
