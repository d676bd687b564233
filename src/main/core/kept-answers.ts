import { createHash } from 'node:crypto';
import { LocalError } from '#main/data/local/error.ts';
import { localDb } from '#main/data/local/query.ts';
import type { LocalWriter } from '#main/data/local/store.ts';
import { instant } from '#shared/kernel/clock.ts';
import type { FeatureDeps } from './deps.ts';

/** How long an answer is kept, milliseconds. */
const keptFor = 24 * 3_600_000;
/** So many go in one transaction. */
const sweptAtOnce = 100;

/** A request that names itself, so that it is done once however often it is sent. */
export interface NamedRequest {
  readonly accountId: string;
  /** As the program chose it. */
  readonly key: string;
  /** Everything that is asked. */
  readonly request: string;
}

/**
 * What is known of a request: nothing; that it is being done; that something else was asked under its key; that it was done
 * and the answer was lost with the process; or what was answered.
 */
export type KeptState<T> =
  | { readonly is: 'new' | 'running' | 'another' | 'lost' }
  | { readonly is: 'answered'; readonly answer: T };

/** Answers to requests that name themselves. */
export interface KeptAnswers {
  /** Also begins it here, when it is new: then `finish` follows, whatever came of it. */
  begin<T>(named: NamedRequest): KeptState<T>;
  /** Writes down, in the transaction of the work itself, that it is done. */
  note(named: NamedRequest, writer: LocalWriter): void;
  /** Takes away what has been kept long enough: it holds what patients' records say. */
  sweep(): void;
  /** Keeps what was answered. A refusal of a request that wrote nothing is not kept: the same request is heard anew. */
  finish(named: NamedRequest, answer: unknown, outcome: 'done' | 'refused'): void;
}

const digest = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

export const createKeptAnswers = ({ store, clock }: Pick<FeatureDeps, 'store' | 'clock'>): KeptAnswers => {
  /** Requests under way and what they ask. One that a crash ended left nothing unless it was noted. */
  const running = new Map<string, string>();
  const keyOf = ({ accountId, key }: NamedRequest) => digest(accountId, key);
  const oldest = () => instant(clock.now() - keptFor);
  const old = () =>
    store.all(
      localDb.selectFrom('kept_answer').select('key').where('written_at', '<', oldest()).limit(sweptAtOnce),
    );

  return {
    begin: (named) => {
      const key = keyOf(named);
      const request = digest(named.request);
      const asked = running.get(key);
      if (asked !== undefined) return { is: asked === request ? 'running' : 'another' };
      const kept = store.get(
        localDb
          .selectFrom('kept_answer')
          .selectAll()
          .where('key', '=', key)
          .where('written_at', '>=', oldest()),
      );
      if (kept === undefined) {
        running.set(key, request);
        return { is: 'new' };
      }
      if (kept.request !== request) return { is: 'another' };
      return kept.answer === null ? { is: 'lost' } : { is: 'answered', answer: JSON.parse(kept.answer) };
    },
    note: (named, writer) => {
      const written_at = instant(clock.now());
      writer.keep('kept_answer', {
        key: keyOf(named),
        request: digest(named.request),
        written_at,
        answer: null,
      });
    },
    sweep: () => {
      if (!store.ready()) return;
      for (let some = old(); some.length > 0; some = old())
        store.keepSoon((writer) => {
          for (const { key } of some) writer.drop('kept_answer', key);
        });
    },
    finish: (named, answer, outcome) => {
      const key = keyOf(named);
      running.delete(key);
      const isNoted = () =>
        store.get(localDb.selectFrom('kept_answer').select('key').where('key', '=', key)) !== undefined;
      try {
        if (outcome === 'refused' && !isNoted()) return;
        const written_at = instant(clock.now());
        const kept = { key, request: digest(named.request), written_at, answer: JSON.stringify(answer) };
        store.keepSoon((writer) => writer.keep('kept_answer', kept));
      } catch (error) {
        // That it is done is on the disk; who asks again is told that the answer was lost.
        if (!(error instanceof LocalError)) throw error;
      }
    },
  };
};
