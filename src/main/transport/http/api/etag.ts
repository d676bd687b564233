import { createHash } from 'node:crypto';

/** A strong validator of a representation. */
export const etagOf = (body: string): string =>
  `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

const tags = (header: string): readonly string[] => header.match(/(?:W\/)?"[\x21\x23-\x7e]*"/g) ?? [];

/** Whether `If-None-Match` names it: the caller has it already. */
export const isKnown = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  (header.trim() === '*' || tags(header).some((tag) => tag.replace(/^W\//, '') === etag));

/** Whether `If-Match` names it: the caller changes what is there now. A weak one never does. */
export const isMatched = (header: string, etag: string): boolean =>
  header.trim() === '*' || tags(header).includes(etag);
