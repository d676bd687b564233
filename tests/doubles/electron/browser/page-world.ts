export interface PageWorld {
  /** Name of the binding that carries messages out; it is taken out of the page at once. */
  readonly binding: string;
  /** Name of the binding for `window.open` and `window.close`; taken out of the page as well. */
  readonly windowBinding: string;
  /** Name of the (not enumerable) property by which messages come in. Random per start. */
  readonly delivery: string;
}

type Require = (name: string) => object;
type RunPreload = (require: Require, module: object, exports: object) => void;

type Wire = (channel: string, args: unknown[]) => Promise<{ ok: boolean; value?: unknown; message?: string }>;
type Listener = (event: object, ...args: unknown[]) => void;

/**
 * Runs inside Chromium, before any script of the page: the parts of Electron a sandboxed preload sees, then the
 * preload itself. It is handed over as text, so it may use nothing from outside.
 */
const enterPageWorld = ({ binding, windowBinding, delivery }: PageWorld, runPreload: RunPreload): void => {
  const world = globalThis as unknown as Record<string, unknown>;
  // Electron runs a preload in the main frame only. What another frame could still try, the test tries with this.
  if (window.top !== window) return;
  const wire = world[binding] as Wire;
  delete world[binding];
  const askWindow = world[windowBinding] as (what: 'open' | 'close', url: string) => Promise<unknown>;
  delete world[windowBinding];
  window.open = (url) => {
    void askWindow('open', new URL(String(url ?? 'about:blank'), window.location.href).href);
    return null;
  };
  // Electron lets a page close its window; Chromium lets only one that a page has opened.
  window.close = () => {
    void askWindow('close', '');
  };

  const refuseMissing = (name: string, part: object) =>
    new Proxy(part, {
      get: (target, key) => {
        if (key in target) return Reflect.get(target, key);
        throw new Error(`the Electron double has no ${name}.${String(key)}`);
      },
    });

  const listeners = new Map<string, Set<Listener>>();
  const listenersOf = (channel: string): Set<Listener> => {
    const known = listeners.get(channel) ?? new Set<Listener>();
    listeners.set(channel, known);
    return known;
  };
  const ipcRenderer = refuseMissing('ipcRenderer', {
    invoke: async (channel: string, ...args: unknown[]) => {
      const answer = await wire(channel, structuredClone(args));
      if (answer.ok) return answer.value;
      throw new Error(`Error invoking remote method '${channel}': ${answer.message}`);
    },
    on: (channel: string, listener: Listener) => listenersOf(channel).add(listener),
    off: (channel: string, listener: Listener) => listenersOf(channel).delete(listener),
  });
  Object.defineProperty(world, delivery, {
    enumerable: false,
    value: (channel: string, args: unknown[]) => {
      for (const listener of [...listenersOf(channel)]) listener({ sender: ipcRenderer }, ...args);
    },
  });

  // What crosses Electron's context bridge: primitives, copies of data, wrapped functions and promises.
  const cross = (value: unknown, freeze: boolean, depth = 0): unknown => {
    if (depth > 1000) throw new TypeError('Recursion limit exceeded while crossing the context bridge');
    if (typeof value === 'symbol') throw new TypeError('A symbol cannot cross the context bridge');
    if (typeof value === 'function') {
      return (...args: unknown[]) =>
        cross((value as (...all: unknown[]) => unknown)(...args.map((one) => cross(one, false))), false);
    }
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Promise) {
      return value.then(
        (done) => cross(done, false),
        (reason) =>
          Promise.reject(reason instanceof Error ? new Error(reason.message) : cross(reason, false)),
      );
    }
    if (value instanceof Error) return new Error(value.message);
    const plain = Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null;
    if (!Array.isArray(value) && !plain) return structuredClone(value);
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    for (const [key, part] of Object.entries(value)) {
      (copy as Record<string, unknown>)[key] = cross(part, freeze, depth + 1);
    }
    return freeze ? Object.freeze(copy) : copy;
  };
  const contextBridge = refuseMissing('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (key in world) throw new Error(`Cannot bind an API on top of an existing property: ${key}`);
      Object.defineProperty(world, key, { value: cross(api, true), enumerable: true });
    },
  });

  runPreload(
    (name) => {
      if (name === 'electron') return { contextBridge, ipcRenderer };
      throw new Error(`module not found: ${name}`);
    },
    { exports: {} },
    {},
  );
};

/** The text Chromium runs in every new document; `preload` is the text of the built preload. */
export const pageWorldScript = (world: PageWorld, preload: string): string =>
  `(${enterPageWorld})(${JSON.stringify(world)}, (require, module, exports) => {\n${preload}\n});`;
