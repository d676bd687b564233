import { createHash } from 'node:crypto';
import type { z } from 'zod';

/** Which list, with which filters: a cursor of one goes on in no other. */
const listOf = (id: string, filters: unknown): string =>
  createHash('sha256')
    .update(`${id} ${JSON.stringify(filters)}`)
    .digest('base64url')
    .slice(0, 16);

/** A place in a list, as text a program keeps without reading it. */
export const sealCursor = (id: string, filters: unknown, place: unknown): string =>
  Buffer.from(JSON.stringify([listOf(id, filters), place])).toString('base64url');

/** The place a cursor says; undefined for one that is none of this list. */
export const openCursor = <S extends z.ZodType>(
  id: string,
  filters: unknown,
  schema: S,
  cursor: string,
): z.output<S> | undefined => {
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  try {
    const [list, place] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as readonly unknown[];
    if (list !== listOf(id, filters)) return undefined;
    const read = schema.safeParse(place);
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
};
