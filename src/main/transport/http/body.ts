import type { FastifyInstance } from 'fastify';

/** Why a body cannot be read. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
  readonly statusCode = 400;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Text that no database of ours takes: halves of a character, and the character that ends a text elsewhere. */
export const isWritable = (value: unknown): boolean => {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === 'string' && (!next.isWellFormed() || next.includes('\u0000'))) return false;
    if (typeof next === 'object' && next !== null)
      for (const [key, member] of Object.entries(next)) waiting.push(key, member);
  }
  return true;
};

/**
 * Bodies are JSON in UTF-8 and nothing else, and hold what `isTaken`. Where the schemas of calls refuse a text by the name of its field,
 * nothing more is asked of it here.
 */
export const readJsonBodies = (
  server: FastifyInstance,
  isTaken: (body: unknown) => boolean = () => true,
): void => {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined);
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      return done(new MalformedError('The body is no UTF-8.'));
    }
    return parse(request, text, (error, body) =>
      error !== null || !isTaken(body) ? done(new MalformedError('The body is no JSON.')) : done(null, body),
    );
  });
};
