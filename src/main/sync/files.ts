import { createHash } from 'node:crypto';
import { type Centre, CentreError } from '#main/data/central/centre.ts';
import type { FileName, UnsentFile } from '#main/data/local/blob-exchange.ts';
import type { Replica } from '#main/data/local/replica.ts';
import { mostFileBytes, partLength, partsOf } from '#shared/domain/documents/limits.ts';
import { type Clock, instant } from '#shared/kernel/clock.ts';
import type { PlannerEvent } from './planner.ts';

const day = 24 * 60 * 60 * 1000;
/** Files of documents of so many days come by themselves, any other when somebody opens it. */
const fetchedDays = 30;
/** How long what cannot be had or sent now rests before it is tried again: each time twice as long, in milliseconds. */
const asideFirst = 1_000;
const asideMost = 60_000;
/** Files asked about in one call. */
const askedAtOnce = 100;
/** Parts summed before the event loop has its turn. */
const summedAtOnce = 4;

/** Why a file that was asked for did not come; `absent`: the centre has not got it either. */
export type NoFile = 'absent' | 'damaged';

export interface FilesContext {
  readonly replica: Pick<Replica, 'files' | 'wiping' | 'state'>;
  readonly centre: () => Pick<Centre, 'blobState' | 'blobPut' | 'blobGet'>;
  readonly clock: Clock;
  readonly contact: () => void;
  readonly turn: () => Promise<void>;
  readonly elapsed: () => number;
  /** A file that somebody waits for is here, or why it is not. */
  readonly arrived: (hash: string, why: NoFile | null) => void;
  readonly log: (event: string, details: Readonly<Record<string, unknown>>) => void;
}

/** The exchange of files, one part with each step, so that rows never wait behind a picture. */
export interface FileSteps {
  /** Whether there is anything to send or to fetch. */
  pending(): boolean;
  /** Documents may have come: what is to be fetched is looked for anew. */
  arrived(): void;
  next(): Promise<PlannerEvent>;
  /** Somebody opens a document whose file is not here: it goes first. */
  want(hash: string): void;
}

/** What the centre refuses of a file is this file's trouble alone; what it refuses of the workstation is everybody's. */
const isOfTheFile = (error: unknown): error is CentreError =>
  error instanceof CentreError &&
  !error.retryable &&
  error.sqlstate !== null &&
  !/^(28|CH00)/.test(error.sqlstate);

/** Files that rest, and until when. */
const createAside = (elapsed: () => number) => {
  const resting = new Map<string, { readonly until: number; readonly pause: number }>();
  return {
    add: (hash: string) => {
      const pause = Math.min(asideMost, 2 * (resting.get(hash)?.pause ?? asideFirst / 2));
      resting.set(hash, { until: elapsed() + pause, pause });
    },
    forget: (hash: string) => void resting.delete(hash),
    all: (): readonly string[] => {
      const now = elapsed();
      return [...resting].flatMap(([hash, { until }]) => (until > now ? [hash] : []));
    },
    isEmpty: () => resting.size === 0,
  };
};

export const createFileSteps = (context: FilesContext): FileSteps => {
  const { replica, centre, clock, contact, turn, elapsed, arrived, log } = context;
  const { files } = replica;
  const aside = createAside(elapsed);
  const wanted = new Set<string>();
  /** Files the centre has whole, and those it was asked about before they are sent. */
  const whole = new Set<string>();
  const asked = new Set<string>();

  const since = () => instant(clock.now() - fetchedDays * day);
  const toSend = (limit: number) => files.toSend(limit, aside.all());
  const toFetch = (limit: number): readonly FileName[] => {
    // Who is to be wiped is given nothing more.
    if (replica.wiping()) return [];
    const first = [...wanted].map(files.named).filter((file) => file !== null);
    return [...first, ...files.toFetch(since(), limit, aside.all())].filter(
      ({ size }) => size > 0 && size <= mostFileBytes,
    );
  };
  /** Nothing is to be fetched and no document has come since: then those of a month are not gone through with every pull. */
  let level = false;
  const isMissing = (): boolean => {
    if (level && wanted.size === 0) return false;
    const missing = toFetch(1).length > 0;
    level = !missing && aside.isEmpty();
    return missing;
  };
  const pending = () => toSend(1).length > 0 || isMissing();

  const giveUp = (hash: string, why: NoFile) => {
    level = false;
    aside.add(hash);
    whole.delete(hash);
    asked.delete(hash);
    if (wanted.delete(hash)) arrived(hash, why);
  };

  const ask = async (hashes: readonly string[]) => {
    const states = await centre().blobState(hashes);
    contact();
    for (const { hash, complete } of states) if (complete) whole.add(hash);
  };

  /** Whether the parts here are what their hash says. */
  const isSound = async ({ hash, size }: FileName): Promise<boolean> => {
    const sum = createHash('sha256');
    for (let n = 0; n < partsOf(size); n += 1) {
      sum.update(files.part(hash, n) ?? Buffer.alloc(0));
      if (n % summedAtOnce === 0) await turn();
    }
    return sum.digest('hex') === hash;
  };

  const send = async (file: UnsentFile) => {
    const { hash, size, sent } = file;
    if (!asked.has(hash)) {
      const next = toSend(askedAtOnce).map((each) => each.hash);
      await ask(next);
      for (const each of next) asked.add(each);
    }
    if (whole.has(hash)) return files.sent(hash, partsOf(size));
    const bytes = files.part(hash, sent);
    if (bytes === null) return giveUp(hash, 'damaged');
    const reply = await centre().blobPut({ hash, n: sent, parts: partsOf(size), size, bytes });
    contact();
    if (reply.damaged) {
      log('file-damaged', { way: 'sent', sound: await isSound(file) });
      giveUp(hash, 'damaged');
    }
    if (reply.complete) aside.forget(hash);
    files.sent(hash, reply.complete ? partsOf(size) : (reply.next ?? 0));
  };

  const finish = async (file: FileName) => {
    if (await isSound(file)) {
      files.finish(file.hash);
      aside.forget(file.hash);
      wanted.delete(file.hash);
      return arrived(file.hash, null);
    }
    log('file-damaged', { way: 'fetched' });
    files.discard(file.hash);
    giveUp(file.hash, 'damaged');
  };

  const fetch = async (file: FileName) => {
    const { hash, size } = file;
    if (!whole.has(hash)) {
      const next = [...new Set(toFetch(askedAtOnce).map((each) => each.hash))].slice(0, askedAtOnce);
      await ask(next);
      for (const each of next) if (!whole.has(each)) giveUp(each, 'absent');
      return;
    }
    const n = files.begin(file);
    if (n < partsOf(size)) {
      const bytes = await centre().blobGet(hash, n);
      contact();
      // The centre was restored meanwhile, or holds another file than the document tells.
      if (bytes === null || bytes.length !== partLength(size, n)) {
        files.discard(hash);
        return giveUp(hash, 'absent');
      }
      files.add(hash, n, bytes);
    }
    if (n + 1 >= partsOf(size)) await finish(file);
  };

  /** Who waits for a file goes first, then what only this workstation has, then what may be wanted one day. */
  const nextFile = () => {
    const waiting = wanted.size > 0 && !replica.wiping();
    const unsent = waiting ? undefined : toSend(1)[0];
    if (unsent !== undefined) return { file: unsent, work: () => send(unsent) };
    const missing = toFetch(1)[0];
    return missing && { file: missing, work: () => fetch(missing) };
  };

  return {
    pending,
    arrived: () => {
      level = false;
    },
    next: async () => {
      const found = nextFile();
      try {
        await found?.work();
      } catch (error) {
        if (!isOfTheFile(error) || found === undefined) throw error;
        log('file-refused', { sqlstate: error.sqlstate });
        giveUp(found.file.hash, 'absent');
      }
      const more = pending();
      if (!more && !replica.wiping()) files.sweep();
      return { type: 'files', more, asked: wanted.size > 0 };
    },
    want: (hash) => {
      aside.forget(hash);
      wanted.add(hash);
    },
  };
};
