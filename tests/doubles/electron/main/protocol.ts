import type Electron from 'electron';
import type { ServedRequest, ServedResponse } from '../link.ts';
import { app } from './app.ts';

const privileged = new Set<string>();
const handlers = new Map<string, Parameters<Electron.Protocol['handle']>[1]>();

export const protocol: Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'isProtocolHandled'
> = {
  registerSchemesAsPrivileged: (schemes) => {
    if (app.isReady()) throw new Error('registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (privileges?.bypassCSP === true)
        throw new Error('the double serves no scheme that bypasses the policy');
      if (privileges?.standard === true && privileges.secure === true) privileged.add(scheme);
    }
  },
  handle: (scheme, handler) => {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
};

/** The real handler's answer, or null when nobody handles the scheme (or it is no origin of its own). */
export const serve = async ({ url, method, headers }: ServedRequest): Promise<ServedResponse | null> => {
  const scheme = url.slice(0, url.indexOf(':'));
  const handler = handlers.get(scheme);
  if (handler === undefined || !privileged.has(scheme)) return null;
  // A WHATWG Request cannot be made for every scheme in Node; the handler reads these three.
  const request = { url, method, headers: new Headers(headers) } as GlobalRequest;
  const response = await handler(request);
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
};
