import { type Centre, CentreError } from '#main/data/central/centre.ts';
import { realTimers, type Timers } from '#main/sync/timers.ts';

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Timers that run `factor` times as fast, so that a test of back-off takes no time. */
export const fastTimers = (factor: number): Timers => {
  const timers = realTimers();
  return {
    ...timers,
    set: (name, milliseconds, fire) => timers.set(name, milliseconds / factor, fire),
  };
};

export const lost = (): CentreError => new CentreError('the connection was cut', null, true);

/** What can befall a call: it never arrives, it arrives and the answer is lost, it arrives twice, or all is well. */
export type Fate = 'cut before' | 'cut after' | 'twice' | 'well';

/** `centre` behind a wire on which each call meets the fate that `fateOf` gives it. */
export const behindWire = (centre: Centre, fateOf: (call: string) => Fate): Centre => {
  const wired = async <T>(name: string, call: () => Promise<T>): Promise<T> => {
    const fate = fateOf(name);
    if (fate === 'cut before') throw lost();
    const answer = await call();
    if (fate === 'cut after') throw lost();
    return fate === 'twice' ? call() : answer;
  };
  return {
    hello: (request) => wired('hello', () => centre.hello(request)),
    push: (mutations) => wired('push', () => centre.push(mutations)),
    pull: (cursor, rows) => wired('pull', () => centre.pull(cursor, rows)),
    ack: (cursor) => wired('ack', () => centre.ack(cursor)),
    bootPage: (table, after, rows, part) =>
      wired('bootPage', () => centre.bootPage(table, after, rows, part)),
    bootRows: (table, ids) => wired('bootRows', () => centre.bootRows(table, ids)),
    verify: (...request) => wired('verify', () => centre.verify(...request)),
    verifyRows: (...request) => wired('verifyRows', () => centre.verifyRows(...request)),
    estimate: (part) => wired('estimate', () => centre.estimate(part)),
    common: (links) => wired('common', () => centre.common(links)),
    place: () => wired('place', () => centre.place()),
    openPatient: (id) => wired('openPatient', () => centre.openPatient(id)),
    findPatients: (question) => wired('findPatients', () => centre.findPatients(question)),
    workstations: (user) => wired('workstations', () => centre.workstations(user)),
    setWorkstation: (order) => wired('setWorkstation', () => centre.setWorkstation(order)),
    enrolWorkstation: (order) => wired('enrolWorkstation', () => centre.enrolWorkstation(order)),
    audit: (question) => wired('audit', () => centre.audit(question)),
    auditRecord: (question) => wired('auditRecord', () => centre.auditRecord(question)),
    blobState: (hashes) => wired('blobState', () => centre.blobState(hashes)),
    blobPut: (part) => wired('blobPut', () => centre.blobPut(part)),
    blobGet: (hash, n) => wired('blobGet', () => centre.blobGet(hash, n)),
    listen: (onSeq, onLost) => wired('listen', () => centre.listen(onSeq, onLost)),
    wiped: () => wired('wiped', () => centre.wiped()),
    close: () => centre.close(),
  };
};
