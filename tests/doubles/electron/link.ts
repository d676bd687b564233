import type Electron from 'electron';

/**
 * The wire between the two halves of the double. Each half asks the other by name and gets one answer; values
 * travel as structured clones (the child-process channel is opened with `serialization: 'advanced'`).
 */

/** A frame as main may know it. `id` is stable for the frame's life. */
export interface FrameFacts {
  readonly id: number;
  readonly url: string;
  readonly parentId: number | null;
}

export interface ServedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ServedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type InvokeAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** What the pages' half asks main's half. */
export interface AsksOfMain {
  serve: { ask: ServedRequest; answer: ServedResponse | null };
  invoke: {
    ask: { windowId: number; frame: FrameFacts; channel: string; args: readonly unknown[] };
    answer: InvokeAnswer;
  };
  willNavigate: {
    ask: { windowId: number; url: string; isMainFrame: boolean };
    answer: { prevented: boolean };
  };
  willAttachWebview: { ask: { windowId: number; src: string }; answer: { prevented: boolean } };
  windowOpen: { ask: { windowId: number; url: string }; answer: { action: 'deny' | 'allow' } };
  beforeRequest: { ask: { url: string }; answer: { cancel: boolean } };
  permission: {
    ask: { windowId: number; permission: string };
    answer: { granted: boolean; checked: boolean };
  };
  navigated: { ask: { windowId: number; frame: FrameFacts }; answer: null };
  crashed: { ask: { windowId: number }; answer: null };
  closeWindow: { ask: { windowId: number }; answer: null };
  /** An error in main that nobody catches. */
  fail: { ask: { message: string }; answer: null };
  /** The computer is locked, or goes to sleep. */
  power: { ask: { what: 'lock-screen' | 'suspend' }; answer: null };
  quit: { ask: null; answer: null };
}

/** What main's half asks the pages' half. */
export interface AsksOfPages {
  printed: { ask: { windowId: number }; answer: Printed };
  openWindow: { ask: { windowId: number; preload: string | null; preferences: object }; answer: null };
  load: { ask: { windowId: number; url: string }; answer: { error: string | null } };
  reload: { ask: { windowId: number }; answer: null };
  send: { ask: { windowId: number; channel: string; args: readonly unknown[] }; answer: null };
  closed: { ask: { windowId: number }; answer: null };
  record: { ask: RecordedCall; answer: null };
}

/** What a page puts on paper. */
export interface Printed {
  readonly text: string;
  /** Each page's width and height in whole millimetres, from the PDF Chromium makes of it. */
  readonly pages: readonly string[];
}

/** Something main did to the system, for the test to look at. */
export type RecordedCall =
  | { readonly what: 'openExternal'; readonly url: string }
  | { readonly what: 'errorBox'; readonly title: string; readonly content: string }
  | {
      readonly what: 'window';
      readonly windowId: number;
      readonly act: 'show' | 'focus' | 'restore' | 'maximize';
    }
  | { readonly what: 'menu'; readonly labels: readonly string[] }
  | {
      readonly what: 'print';
      readonly windowId: number;
      readonly options: Electron.WebContentsPrintOptions;
      readonly paper: Printed;
    }
  | { readonly what: 'schemes'; readonly schemes: readonly string[] };

type Asks = { [K in keyof AsksOfMain | keyof AsksOfPages]: { ask: unknown; answer: unknown } };

interface Wire {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

interface Message {
  readonly id: number;
  readonly ask?: string;
  readonly value?: unknown;
  readonly error?: string;
}

export type Answers<A> = {
  readonly [K in keyof A]: A[K] extends { ask: infer Q; answer: infer R }
    ? (ask: Q) => R | Promise<R>
    : never;
};

export interface Link<Out> {
  ask<K extends keyof Out>(
    name: K,
    ask: Out[K] extends { ask: infer Q } ? Q : never,
  ): Promise<Out[K] extends { answer: infer R } ? R : never>;
  /** Every question still open fails: the other side is gone. */
  cut(): void;
}

/** Joins `wire` to `answers`, and gives the means to ask the other side. */
export const openLink = <Out extends Partial<Asks>, In>(wire: Wire, answers: Answers<In>): Link<Out> => {
  const open = new Map<number, { resolve: (value: never) => void; reject: (reason: Error) => void }>();
  const handlers = answers as Readonly<Record<string, (ask: unknown) => unknown>>;
  let last = 0;

  const reply = async (id: number, name: string, ask: unknown) => {
    try {
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`the double knows no question '${name}'`);
      wire.send({ id, value: await handler(ask) } satisfies Message);
    } catch (reason) {
      wire.send({ id, error: reason instanceof Error ? reason.message : String(reason) } satisfies Message);
    }
  };

  wire.onMessage((raw) => {
    const message = raw as Message;
    if (message.ask !== undefined) {
      void reply(message.id, message.ask, message.value);
      return;
    }
    const waiting = open.get(message.id);
    open.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.value as never);
    else waiting?.reject(new Error(message.error));
  });

  return {
    ask: (name, value) =>
      new Promise((resolve, reject) => {
        last += 1;
        open.set(last, { resolve, reject });
        wire.send({ id: last, ask: String(name), value } satisfies Message);
      }),
    cut: () => {
      for (const { reject } of open.values()) reject(new Error('the other half of the double is gone'));
      open.clear();
    },
  };
};
